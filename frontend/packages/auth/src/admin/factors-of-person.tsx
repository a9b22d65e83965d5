import { deleteUserFactor } from '@tt/api-client/admin-users';
import type { Factor, User } from '@tt/api-client/auth';
import { Button } from '@tt/ui/button';
import { formatDate } from '@tt/ui/format';
import { showToast } from '@tt/ui/toast-store';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmDialog } from '../settings/confirm-dialog';
import { messages, security } from '../settings/messages';
import { Row, Rows } from '../settings/parts';
import { users as text } from './messages';
import { useReloadAdmin } from './use-admin';

export function FactorsOfPerson({ user }: { user: User }) {
  const reload = useReloadAdmin();
  const [asking, setAsking] = useState<Factor | null>(null);
  const remove = useMutation({
    mutationFn: (factor: Factor) => deleteUserFactor(user.id, factor.id),
    onSuccess: async () => {
      setAsking(null);
      showToast(text.factorRemoved);
      await reload();
    },
  });
  const factors = user.factors.filter(({ status }) => status === 'verified');
  if (factors.length === 0) return <p className="text-ink-muted">{text.noFactors}</p>;
  return (
    <>
      <Rows label={text.factorsTitle}>
        {factors.map((factor) => (
          <Row
            key={factor.id}
            title={security.kinds[factor.factor_type] ?? factor.factor_type}
            text={[factor.friendly_name, factor.created_at && security.addedOn(formatDate(factor.created_at))].filter(Boolean).join(' · ')}
            actions={<Button size="sm" variant="danger" onClick={() => { setAsking(factor); }}>{messages.remove}</Button>}
          />
        ))}
      </Rows>
      <ConfirmDialog
        open={asking !== null}
        title={text.removeFactor}
        text={text.removeFactorText}
        action={messages.remove}
        busy={remove.isPending}
        failure={remove.error}
        onConfirm={() => { if (asking) remove.mutate(asking); }}
        onClose={() => { setAsking(null); }}
      />
    </>
  );
}
