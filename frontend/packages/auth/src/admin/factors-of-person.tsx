import { deleteUserFactor } from '@tt/api-client/admin-users';
import type { Factor, User } from '@tt/api-client/auth';
import { Button } from '@tt/ui/button';
import { formatDate } from '@tt/ui/format';
import { showToast } from '@tt/ui/toast-store';
import { useMutation } from '@tanstack/react-query';
import { ConfirmDialog } from '../settings/confirm-dialog';
import { factorKind, messages, security } from '../settings/messages';
import { Row, Rows } from '../settings/parts';
import { useConfirm } from '../settings/use-confirm';
import { users as text } from './messages';
import { useReloadAdmin } from './use-admin';

export function FactorsOfPerson({ user, mayManage }: { user: User; mayManage: boolean }) {
  const reload = useReloadAdmin();
  const remove = useMutation({
    mutationFn: (factor: Factor) => deleteUserFactor(user.id, factor.id),
    onSuccess: () => {
      showToast(text.factorRemoved);
      return reload();
    },
  });
  const { ask, dialog } = useConfirm(remove);
  const factors = user.factors.filter(({ status }) => status === 'verified');
  if (factors.length === 0) return <p className="text-ink-muted">{text.noFactors}</p>;
  return (
    <>
      <Rows label={text.factorsTitle}>
        {factors.map((factor) => (
          <Row
            key={factor.id}
            title={factorKind(factor)}
            text={[factor.friendly_name, factor.created_at && security.addedOn(formatDate(factor.created_at))].filter(Boolean).join(' · ')}
            actions={mayManage && <Button size="sm" variant="danger" onClick={() => { ask(factor); }}>{messages.remove}</Button>}
          />
        ))}
      </Rows>
      <ConfirmDialog {...dialog} title={text.removeFactor} text={text.removeFactorText} action={messages.remove} />
    </>
  );
}
