import { deleteUser } from '@tt/api-client/admin-users';
import type { User } from '@tt/api-client/auth';
import { Button } from '@tt/ui/button';
import { showToast } from '@tt/ui/toast-store';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { ConfirmDialog } from '../settings/confirm-dialog';
import { useConfirm } from '../settings/use-confirm';
import { users as text } from './messages';
import { nameOf } from './person';

export function DeletePerson({ user }: { user: User }) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: () => deleteUser(user.id),
    onSuccess: async () => {
      showToast(text.deleted);
      await navigate('/admin/users');
      // Forgotten rather than asked for again: this page would only hear that there is nobody.
      queryClient.removeQueries({ queryKey: ['admin'] });
    },
  });
  const { ask, dialog } = useConfirm(remove);
  return (
    <>
      <Button variant="danger" onClick={() => { ask(); }}>{text.delete}</Button>
      <ConfirmDialog {...dialog} title={text.deleteAsk(nameOf(user))} text={text.deleteText} action={text.delete} />
    </>
  );
}
