import { banUser } from '@tt/api-client/admin-users';
import type { User } from '@tt/api-client/auth';
import { describeError } from '@tt/api-client/error-messages';
import { Alert } from '@tt/ui/alert';
import { Button } from '@tt/ui/button';
import { SelectField } from '@tt/ui/controls';
import { formatDateTime } from '@tt/ui/format';
import { showToast } from '@tt/ui/toast-store';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { messages } from '../settings/messages';
import { users as text } from './messages';
import { bannedUntil } from './person';
import { useReloadAdmin } from './use-admin';

const LIFT = 'none';

export function BanForm({ user }: { user: User }) {
  const reload = useReloadAdmin();
  const [duration, setDuration] = useState<string>(text.banDurations[0].value);
  const until = bannedUntil(user);
  const ban = useMutation({
    mutationFn: (chosen: string) => banUser(user.id, chosen),
    onSuccess: async (_, chosen) => {
      showToast(chosen === LIFT ? text.unbanned : text.bannedDone);
      await reload();
    },
  });
  return (
    <>
      {ban.error && <Alert tone="danger" title={messages.failed} className="mb-4">{describeError(ban.error)}</Alert>}
      {until ? (
        <div className="flex flex-wrap items-center gap-4">
          <p>{text.bannedUntil(formatDateTime(until))}</p>
          <Button variant="secondary" busy={ban.isPending} onClick={() => { ban.mutate(LIFT); }}>{text.unban}</Button>
        </div>
      ) : (
        <div className="flex flex-wrap items-end gap-4">
          <SelectField label={text.banFor} value={duration} required onChange={(event) => { setDuration(event.target.value); }} className="w-56">
            {text.banDurations.map(({ value, label }) => <option key={value} value={value}>{label}</option>)}
          </SelectField>
          <Button variant="danger" className="min-h-12" busy={ban.isPending} onClick={() => { ban.mutate(duration); }}>{text.ban}</Button>
        </div>
      )}
    </>
  );
}
