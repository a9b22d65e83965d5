import { zodResolver } from '@hookform/resolvers/zod';
import type { Profile, ProfileChange } from '@tt/api-client/profile';
import { z } from '@tt/api-client/schema';
import { Button } from '@tt/ui/button';
import { TextareaField, TextField } from '@tt/ui/controls';
import { showToast } from '@tt/ui/toast-store';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { FormProblems, useSubmit } from '../form-problems';
import { messages as common } from '../messages';
import { Conflict, isConflict } from './conflict';
import { messages, profile as text } from './messages';
import { useUpdateProfile, type OwnVersions } from './use-profile';

const EditableProfile = z.object({
  display_name: z.string().check(z.trim(), z.minLength(1, common.nameMissing), z.maxLength(80, messages.tooLong(80))),
  headline: z.string().check(z.trim(), z.maxLength(120, messages.tooLong(120))),
  bio: z.string().check(z.trim(), z.maxLength(2000, messages.tooLong(2000))),
});
type EditableProfile = z.infer<typeof EditableProfile>;

const FORM = 'profile';

function editable(profile: Profile): EditableProfile {
  return { display_name: profile.display_name ?? '', headline: profile.headline ?? '', bio: profile.bio ?? '' };
}

/** Only what was touched is sent, so that two people editing different fields disturb each other least. */
function changeOf(values: EditableProfile, dirty: Partial<Record<keyof EditableProfile, boolean>>): ProfileChange {
  return Object.fromEntries(Object.entries(values).filter(([name]) => dirty[name as keyof EditableProfile]));
}

interface ProfileFormProps {
  profile: Profile;
  own: OwnVersions;
  onReload: () => Promise<Profile | undefined>;
}

export function ProfileForm({ profile, own, onReload }: ProfileFormProps) {
  const update = useUpdateProfile(own);
  // What the form was filled with; what arrives in the background must not pass for what the person saw.
  const [base, setBase] = useState(profile);
  const form = useForm<EditableProfile>({
    resolver: zodResolver(EditableProfile),
    defaultValues: editable(base),
    shouldFocusError: false,
  });
  const { errors, dirtyFields, isDirty } = form.formState;
  const fill = (next: Profile) => {
    setBase(next);
    form.reset(editable(next));
  };

  const { failure, submit } = useSubmit(form, async (values) => {
    if (!isDirty) {
      showToast(text.nothingChanged);
      return;
    }
    fill(await update.mutateAsync({ change: changeOf(values, dirtyFields), rowVersion: base.row_version }));
    showToast(text.saved);
  });
  const loadLatest = async () => {
    const latest = await onReload();
    if (!latest) return;
    fill(latest);
    update.reset();
  };
  const field = (name: keyof EditableProfile) => ({ ...form.register(name), id: `${FORM}-${name}`, error: errors[name]?.message });

  return (
    <form noValidate aria-label={text.title} onSubmit={(event) => void submit(event)} className="flex flex-col gap-6">
      <FormProblems formId={FORM} form={form} failure={isConflict(failure) ? null : failure} failureTitle={text.failed} />
      {isConflict(update.error) && <Conflict onLoadLatest={() => void loadLatest()} />}
      <TextField {...field('display_name')} label={text.displayName} autoComplete="name" required />
      <TextField {...field('headline')} label={text.headline} hint={text.headlineHint} />
      <TextareaField {...field('bio')} label={text.bio} />
      <Button type="submit" busy={update.isPending} className="self-start">{text.save}</Button>
    </form>
  );
}
