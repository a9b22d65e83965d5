import { zodResolver } from '@hookform/resolvers/zod';
import { isApiError } from '@tt/api-client/api-error';
import type { Profile, ProfileChange } from '@tt/api-client/profile';
import { z } from '@tt/api-client/schema';
import { FormProblems, useSubmit } from '@tt/auth/form-problems';
import { Alert } from '@tt/ui/alert';
import { Button } from '@tt/ui/button';
import { CheckboxField, SelectField, TextareaField, TextField } from '@tt/ui/controls';
import { showToast } from '@tt/ui/toast-store';
import { useForm } from 'react-hook-form';
import { useUpdateProfile } from './api/use-profile';
import { locales, messages } from './messages';

const EditableProfile = z.object({
  display_name: z.string().check(z.trim(), z.minLength(1, messages.nameMissing), z.maxLength(80, messages.tooLong(80))),
  headline: z.string().check(z.trim(), z.maxLength(120, messages.tooLong(120))),
  bio: z.string().check(z.trim(), z.maxLength(2000, messages.tooLong(2000))),
  locale: z.string(),
  timezone: z.string(),
  marketing_consent: z.boolean(),
});
type EditableProfile = z.infer<typeof EditableProfile>;

const FORM = 'profile';
const timeZones = Intl.supportedValuesOf('timeZone');

function editable(profile: Profile): EditableProfile {
  return {
    display_name: profile.display_name ?? '',
    headline: profile.headline ?? '',
    bio: profile.bio ?? '',
    locale: profile.locale ?? 'en',
    timezone: profile.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    marketing_consent: profile.marketing_consent,
  };
}

/** Only what was touched is sent, so that two people editing different fields disturb each other least. */
function changeOf(values: EditableProfile, dirty: Partial<Record<keyof EditableProfile, boolean>>): ProfileChange {
  return Object.fromEntries(Object.entries(values).filter(([name]) => dirty[name as keyof EditableProfile]));
}

export function ProfileForm({ profile, onReload }: { profile: Profile; onReload: () => Promise<Profile | undefined> }) {
  const update = useUpdateProfile();
  const form = useForm<EditableProfile>({
    resolver: zodResolver(EditableProfile),
    defaultValues: editable(profile),
    shouldFocusError: false,
  });
  const { errors, dirtyFields, isDirty } = form.formState;

  const { failure, submit } = useSubmit(form, async (values) => {
    if (!isDirty) {
      showToast(messages.nothingChanged);
      return;
    }
    const saved = await update.mutateAsync({ change: changeOf(values, dirtyFields), rowVersion: profile.row_version });
    form.reset(editable(saved));
    showToast(messages.saved);
  });
  const loadLatest = async () => {
    const latest = await onReload();
    if (!latest) return;
    form.reset(editable(latest));
    update.reset();
  };
  const field = (name: Exclude<keyof EditableProfile, 'marketing_consent'>) => ({
    ...form.register(name),
    id: `${FORM}-${name}`,
    error: errors[name]?.message,
  });

  return (
    <form noValidate aria-label={messages.profileTitle} onSubmit={(event) => void submit(event)} className="flex flex-col gap-6">
      <FormProblems formId={FORM} form={form} failure={isConflict(failure) ? null : failure} failureTitle={messages.failed} />
      {isConflict(update.error) && <Conflict onLoadLatest={() => void loadLatest()} />}
      <TextField {...field('display_name')} label={messages.displayName} autoComplete="name" required />
      <TextField {...field('headline')} label={messages.headline} hint={messages.headlineHint} />
      <TextareaField {...field('bio')} label={messages.bio} />
      <div className="grid gap-6 sm:grid-cols-2">
        <SelectField {...field('locale')} label={messages.locale} required>
          {localeOptions(profile.locale).map(({ value, label }) => <option key={value} value={value}>{label}</option>)}
        </SelectField>
        <SelectField {...field('timezone')} label={messages.timezone} required>
          {withCurrent(timeZones, profile.timezone).map((zone) => <option key={zone}>{zone}</option>)}
        </SelectField>
      </div>
      <CheckboxField {...form.register('marketing_consent')} id={`${FORM}-marketing_consent`} label={messages.consent} />
      <Button type="submit" size="lg" busy={update.isPending} className="self-start">{messages.save}</Button>
    </form>
  );
}

function isConflict(error: unknown): boolean {
  return isApiError(error) && error.status === 412;
}

/** Browsers list canonical zones only; a stored alias ("UTC") must stay selectable. */
function withCurrent(zones: string[], current: string | null): string[] {
  return current && !zones.includes(current) ? [current, ...zones] : zones;
}

function localeOptions(current: string | null): { value: string; label: string }[] {
  const known = locales.some(({ value }) => value === current);
  return current && !known ? [{ value: current, label: current }, ...locales] : [...locales];
}

function Conflict({ onLoadLatest }: { onLoadLatest: () => void }) {
  return (
    <Alert
      tone="warning"
      title={messages.conflictTitle}
      actions={<Button variant="secondary" size="sm" onClick={onLoadLatest}>{messages.loadLatest}</Button>}
    >
      {messages.conflictText}
    </Alert>
  );
}
