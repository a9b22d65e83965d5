import type { User } from '@tt/api-client/auth';
import { describeError } from '@tt/api-client/error-messages';
import { makeRecoveryCodes } from '@tt/api-client/factors';
import { Alert } from '@tt/ui/alert';
import { Button } from '@tt/ui/button';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmDialog } from './confirm-dialog';
import { failureOf, useIdentityCheck } from './identity-check';
import { security } from './messages';
import { Loaded, Section } from './parts';
import { RecoveryCodesDialog } from './recovery-codes-dialog';
import { useRecoveryCodes, useReloadAccount } from './use-account';

export function RecoveryCodesSection({ user }: { user: User }) {
  const state = useRecoveryCodes();
  const hasFactor = user.factors.some((factor) => factor.status === 'verified' && factor.factor_type !== 'recovery_code');
  return (
    <Section title={security.recoveryTitle} text={security.recoveryText}>
      <Loaded query={state}>
        {({ total, remaining }) =>
          hasFactor || total > 0 ? <Codes email={user.email} total={total} remaining={remaining} /> : <p className="text-ink-muted">{security.recoveryNeedsFactor}</p>
        }
      </Loaded>
    </Section>
  );
}

function Codes({ email, total, remaining }: { email: string; total: number; remaining: number }) {
  const identity = useIdentityCheck();
  const reload = useReloadAccount();
  const [isAsking, setIsAsking] = useState(false);
  const make = useMutation({
    mutationFn: () => identity.run(() => makeRecoveryCodes(total > 0)),
    onSuccess: () => { setIsAsking(false); },
  });
  const failure = failureOf(make.error);
  const close = () => {
    make.reset();
    void reload();
  };
  return (
    <>
      {identity.dialog}
      {failure && !isAsking ? <Alert tone="danger" className="mb-4">{describeError(failure)}</Alert> : null}
      {total > 0 ? (
        <p className={remaining <= 2 ? 'font-medium text-danger' : 'text-ink-muted'}>{security.recoveryLeft(remaining, total)}</p>
      ) : (
        <Alert tone="warning">{security.recoveryNone}</Alert>
      )}
      <Button className="mt-4" variant={total > 0 ? 'secondary' : 'primary'} busy={make.isPending} onClick={() => { if (total > 0) setIsAsking(true); else make.mutate(); }}>
        {total > 0 ? security.replaceCodes : security.makeCodes}
      </Button>
      <ConfirmDialog
        open={isAsking && !identity.dialog}
        title={security.replaceTitle}
        text={security.replaceText}
        action={security.replaceCodes}
        busy={make.isPending}
        failure={failure}
        onConfirm={() => { make.mutate(); }}
        onClose={() => { setIsAsking(false); }}
      />
      {make.data && <RecoveryCodesDialog email={email} codes={make.data} onClose={close} />}
    </>
  );
}
