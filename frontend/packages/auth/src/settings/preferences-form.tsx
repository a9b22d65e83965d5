import { zodResolver } from '@hookform/resolvers/zod';
import type { Preferences, PreferencesChange } from '@tt/api-client/preferences';
import { z } from '@tt/api-client/schema';
import { Button } from '@tt/ui/button';
import { CheckboxField, SelectField } from '@tt/ui/controls';
import { showToast } from '@tt/ui/toast-store';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { FormProblems, useSubmit } from '../form-problems';
import { Conflict, isConflict } from './conflict';
import { locales, profile as text } from './messages';
import { useUpdatePreferences, type OwnVersions } from './use-profile';

const Editable = z.object({
  locale: z.string(),
  timezone: z.string(),
  mail: z.object({ organizations: z.boolean(), marketing: z.boolean() }),
});
type Editable = z.infer<typeof Editable>;
type MailKind = keyof Editable['mail'];

const FORM = 'preferences';
const timeZones = Intl.supportedValuesOf('timeZone');
const mailKinds = Object.keys(text.mail) as MailKind[];

function editable({ locale, timezone, mail: { organizations, marketing } }: Preferences): Editable {
  return { locale, timezone, mail: { organizations, marketing } };
}

/** Only what was touched is sent. */
function changeOf(values: Editable, from: Preferences): PreferencesChange {
  const mail = Object.fromEntries(mailKinds.filter((kind) => values.mail[kind] !== from.mail[kind]).map((kind) => [kind, values.mail[kind]]));
  return {
    ...(values.locale !== from.locale && { locale: values.locale }),
    ...(values.timezone !== from.timezone && { timezone: values.timezone }),
    ...(Object.keys(mail).length > 0 && { mail }),
  };
}

interface PreferencesFormProps {
  preferences: Preferences;
  own: OwnVersions;
  onReload: () => Promise<Preferences | undefined>;
}

export function PreferencesForm({ preferences, own, onReload }: PreferencesFormProps) {
  const update = useUpdatePreferences(own);
  // What the form was filled with: had it changed in the background, saving would undo what another device did.
  const [base, setBase] = useState(preferences);
  const form = useForm<Editable>({ resolver: zodResolver(Editable), defaultValues: editable(base) });
  const fill = (next: Preferences) => {
    setBase(next);
    form.reset(editable(next));
  };
  const { failure, submit } = useSubmit(form, async (values) => {
    const change = changeOf(values, base);
    if (Object.keys(change).length === 0) {
      showToast(text.nothingChanged);
      return;
    }
    fill(await update.mutateAsync({ change, rowVersion: base.row_version }));
    showToast(text.preferencesSaved);
  });
  const loadLatest = async () => {
    const latest = await onReload();
    if (!latest) return;
    fill(latest);
    update.reset();
  };
  return (
    <form noValidate aria-label={text.preferencesTitle} onSubmit={(event) => void submit(event)} className="flex flex-col gap-6">
      <FormProblems formId={FORM} form={form} failure={isConflict(failure) ? null : failure} failureTitle={text.failed} />
      {isConflict(update.error) && <Conflict onLoadLatest={() => void loadLatest()} />}
      <div className="grid gap-6 sm:grid-cols-2">
        <SelectField {...form.register('locale')} id={`${FORM}-locale`} label={text.locale} required>
          {localeOptions(base.locale).map(({ value, label }) => <option key={value} value={value}>{label}</option>)}
        </SelectField>
        <SelectField {...form.register('timezone')} id={`${FORM}-timezone`} label={text.timezone} required>
          {withCurrent(timeZones, base.timezone).map((zone) => <option key={zone}>{zone}</option>)}
        </SelectField>
      </div>
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-3 font-semibold">{text.mailTitle}</legend>
        {mailKinds.map((kind) => (
          <CheckboxField key={kind} {...form.register(`mail.${kind}`)} id={`${FORM}-${kind}`} label={text.mail[kind]} />
        ))}
      </fieldset>
      <Button type="submit" busy={update.isPending} className="self-start">{text.save}</Button>
    </form>
  );
}

/** Browsers list canonical zones only; a stored alias ("UTC") must stay selectable. */
function withCurrent(zones: string[], current: string): string[] {
  return zones.includes(current) ? zones : [current, ...zones];
}

function localeOptions(current: string): { value: string; label: string }[] {
  const known = locales.some(({ value }) => value === current);
  return known ? [...locales] : [{ value: current, label: current }, ...locales];
}
