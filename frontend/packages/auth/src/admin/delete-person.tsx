import { deleteUser } from '@tt/api-client/admin-users';
import type { User } from '@tt/api-client/auth';
import { Button } from '@tt/ui/button';
import { showToast } from '@tt/ui/toast-store';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { ConfirmDialog } from '../settings/confirm-dialog';
import { users as text } from './messages';
import { nameOf } from './person';

export function DeletePerson({ user }: { user: User }) {
  const [isAsking, setIsAsking] = useState(false);
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
  return (
    <>
      <Button variant="danger" onClick={() => { setIsAsking(true); }}>{text.delete}</Button>
      <ConfirmDialog
        open={isAsking}
        title={text.deleteAsk(nameOf(user))}
        text={text.deleteText}
        action={text.delete}
        busy={remove.isPending}
        failure={remove.error}
        onConfirm={() => { remove.mutate(); }}
        onClose={() => { setIsAsking(false); }}
      />
    </>
  );
}
