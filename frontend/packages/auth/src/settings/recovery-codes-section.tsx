import type { User } from '@tt/api-client/auth';
import { describeError } from '@tt/api-client/error-messages';
import { makeRecoveryCodes, removeRecoveryCodes } from '@tt/api-client/factors';
import { Alert } from '@tt/ui/alert';
import { Button } from '@tt/ui/button';
import { showToast } from '@tt/ui/toast-store';
import { useMutation, type UseMutationResult } from '@tanstack/react-query';
import { ConfirmDialog } from './confirm-dialog';
import { failureOf, useIdentityCheck } from './identity-check';
import { security } from './messages';
import { Loaded, Section } from './parts';
import { RecoveryCodesDialog } from './recovery-codes-dialog';
import { useRecoveryCodes, useReloadAccount } from './use-account';
import { useConfirm } from './use-confirm';

export function RecoveryCodesSection({ user }: { user: User }) {
  const state = useRecoveryCodes();
  // Up here, because a list that is asked for again must not take away the codes that are shown this once.
  const { make, dialog } = useNewCodes(user.email);
  const hasFactor = user.factors.some((factor) => factor.status === 'verified' && factor.factor_type !== 'recovery_code');
  return (
    <Section title={security.recoveryTitle} text={security.recoveryText}>
      {dialog}
      <Loaded query={state}>
        {({ total, remaining }) => {
          if (total > 0) return <Codes make={make} isHeld={dialog !== null} total={total} remaining={remaining} />;
          return hasFactor ? <NoCodes make={make} /> : <p className="text-ink-muted">{security.recoveryNeedsFactor}</p>;
        }}
      </Loaded>
    </Section>
  );
}

/** `mutate(true)` replaces the codes there are. */
type MakeCodes = UseMutationResult<string[], Error, boolean>;

function useNewCodes(email: string) {
  const identity = useIdentityCheck();
  const reload = useReloadAccount();
  const make: MakeCodes = useMutation({ mutationFn: (replace: boolean) => identity.run(() => makeRecoveryCodes(replace)) });
  const close = () => {
    make.reset();
    void reload();
  };
  const dialog = make.data ? <RecoveryCodesDialog email={email} codes={make.data} onClose={close} /> : identity.dialog;
  return { make, dialog };
}

function NoCodes({ make }: { make: MakeCodes }) {
  const failure = failureOf(make.error);
  return (
    <>
      {failure ? <Alert tone="danger" className="mb-4">{describeError(failure)}</Alert> : null}
      <Alert tone="warning">{security.recoveryNone}</Alert>
      <Button className="mt-4" busy={make.isPending} onClick={() => { make.mutate(false); }}>{security.makeCodes}</Button>
    </>
  );
}

interface CodesProps {
  make: MakeCodes;
  /** The new codes, or who asks for them, are in front. */
  isHeld: boolean;
  total: number;
  remaining: number;
}

/** From here on it is time for new ones. */
const FEW = 2;

function Codes({ make, isHeld, total, remaining }: CodesProps) {
  const identity = useIdentityCheck();
  const reload = useReloadAccount();
  const remove = useMutation({
    mutationFn: () => identity.run(removeRecoveryCodes),
    onSuccess: () => {
      showToast(security.codesRemoved);
      return reload();
    },
  });
  const replacing = useConfirm(make, isHeld);
  const removing = useConfirm(remove, identity.dialog !== null);
  return (
    <>
      {identity.dialog}
      <p className={remaining <= FEW ? 'font-medium text-danger' : 'text-ink-muted'}>{security.recoveryLeft(remaining, total)}</p>
      <div className="mt-4 flex flex-wrap gap-3">
        <Button variant="secondary" onClick={() => { replacing.ask(true); }}>{security.replaceCodes}</Button>
        <Button variant="danger" onClick={() => { removing.ask(); }}>{security.removeCodes}</Button>
      </div>
      <ConfirmDialog {...replacing.dialog} title={security.replaceTitle} text={security.replaceText} action={security.replaceCodes} />
      <ConfirmDialog {...removing.dialog} title={security.removeCodesTitle} text={security.removeCodesText} action={security.removeCodes} />
    </>
  );
}
