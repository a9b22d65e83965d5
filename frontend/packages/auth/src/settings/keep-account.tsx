import { restoreAccount } from '@tt/api-client/auth-user';
import { describeError } from '@tt/api-client/error-messages';
import { Alert } from '@tt/ui/alert';
import { Button } from '@tt/ui/button';
import { showToast } from '@tt/ui/toast-store';
import { useMutation } from '@tanstack/react-query';
import { session } from '../session';
import { data as text, messages } from './messages';
import { useReloadAccount } from './use-account';

export function KeepAccount() {
  const reload = useReloadAccount();
  const keep = useMutation({
    mutationFn: restoreAccount,
    onSuccess: async (user) => {
      session.updateUser(user);
      showToast(text.kept);
      await reload();
    },
  });
  return (
    <>
      {keep.error && <Alert tone="danger" title={messages.failed} className="mb-4">{describeError(keep.error)}</Alert>}
      <Button busy={keep.isPending} onClick={() => { keep.mutate(); }}>{text.keep}</Button>
    </>
  );
}
