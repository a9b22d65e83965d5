import type { Factor } from '@tt/api-client/auth';
import type { AuthSettings } from '@tt/api-client/auth-settings';
import { removeFactor } from '@tt/api-client/factors';
import { Badge } from '@tt/ui/badge';
import { Button } from '@tt/ui/button';
import { formatDate } from '@tt/ui/format';
import { showToast } from '@tt/ui/toast-store';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { session } from '../session';
import { canUsePasskeys } from '../webauthn';
import { AddSecurityKey } from './add-security-key';
import { AddTotp } from './add-totp';
import { ConfirmDialog } from './confirm-dialog';
import { useIdentityCheck } from './identity-check';
import { factorKind, messages, security } from './messages';
import { Row, Rows, Section } from './parts';
import { useReloadAccount } from './use-account';
import { useConfirm } from './use-confirm';

const nameOf = (factor: Factor) => factor.friendly_name?.trim() ? factor.friendly_name : factorKind(factor);

interface FactorsSectionProps {
  factors: Factor[];
  /** Which kinds may be set up here; unknown until the settings are there. */
  kinds: AuthSettings['mfa'] | undefined;
}

export function FactorsSection({ factors, kinds }: FactorsSectionProps) {
  const [adding, setAdding] = useState<'totp' | 'key' | null>(null);
  const reload = useReloadAccount();
  const active = factors.filter((factor) => factor.status === 'verified' && factor.factor_type !== 'recovery_code');
  const close = () => {
    setAdding(null);
    void reload();
  };
  return (
    <Section
      title={security.factorsTitle}
      text={security.factorsText}
      state={active.length > 0 ? <Badge tone="success">{security.factorsOn}</Badge> : <Badge>{security.factorsOff}</Badge>}
    >
      {active.length > 0 && <FactorList factors={active} />}
      <div className="mt-5 flex flex-wrap gap-3">
        {kinds?.totp && <Button variant={active.length > 0 ? 'secondary' : 'primary'} onClick={() => { setAdding('totp'); }}>{security.addTotp}</Button>}
        {kinds?.webauthn && canUsePasskeys() && <Button variant="secondary" onClick={() => { setAdding('key'); }}>{security.addKey}</Button>}
      </div>
      {adding === 'totp' && <AddTotp onClose={close} />}
      {adding === 'key' && <AddSecurityKey onClose={close} />}
    </Section>
  );
}

function FactorList({ factors }: { factors: Factor[] }) {
  const identity = useIdentityCheck();
  const reload = useReloadAccount();
  const remove = useMutation({
    mutationFn: ({ id }: Factor) => identity.run(() => removeFactor(id)),
    onSuccess: async () => {
      showToast(security.factorRemoved);
      // The token still says that there was a second step.
      await session.renew();
      await reload();
    },
  });
  const { ask, item, dialog } = useConfirm(remove, identity.dialog !== null);
  return (
    <>
      {identity.dialog}
      <Rows label={security.factorsTitle}>
        {factors.map((factor) => (
          <Row
            key={factor.id}
            title={nameOf(factor)}
            text={[nameOf(factor) !== factorKind(factor) && factorKind(factor), factor.created_at && security.addedOn(formatDate(factor.created_at))].filter(Boolean).join(' · ')}
            actions={<Button size="sm" variant="danger" onClick={() => { ask(factor); }}>{messages.remove}</Button>}
          />
        ))}
      </Rows>
      <ConfirmDialog
        {...dialog}
        title={security.removeFactorTitle(item ? nameOf(item) : '')}
        text={security.removeFactorText}
        action={messages.remove}
      />
    </>
  );
}
