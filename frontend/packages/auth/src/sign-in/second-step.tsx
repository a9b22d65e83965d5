import { Button } from '@tt/ui/button';
import { useState } from 'react';
import { stepMessages } from '../messages';
import { session } from '../session';
import type { StoredSession } from '../storage';
import { RecoveryCodeStep } from './recovery-code-step';
import { SecurityKeyStep } from './security-key-step';
import { firstStep, stepsFor, type Step } from './steps';
import { TotpStep } from './totp-step';

interface SecondStepProps {
  pending: StoredSession;
  onDone?: (() => void) | undefined;
}

/** The second proof, by whichever way the person has set up; a recovery code always remains. */
export function SecondStep({ pending, onDone }: SecondStepProps) {
  const { factors } = pending.user;
  const [step, setStep] = useState<Step>(() => firstStep(factors));
  const others = stepsFor(factors).filter((other) => other !== step);
  const token = pending.access_token;
  return (
    <div className="flex flex-col gap-6">
      {step === 'totp' && <TotpStep factors={factors} token={token} onDone={onDone} />}
      {step === 'webauthn' && <SecurityKeyStep factors={factors} token={token} onDone={onDone} />}
      {step === 'recovery' && <RecoveryCodeStep token={token} onDone={onDone} />}
      <div className="flex flex-col items-start gap-1 border-t border-line pt-4" role="group" aria-label={stepMessages.otherWays}>
        {others.map((other) => (
          <Button key={other} variant="ghost" className="-ml-5" onClick={() => { setStep(other); }}>{stepMessages.use[other]}</Button>
        ))}
        <Button variant="ghost" className="-ml-5" onClick={session.cancelPending}>{stepMessages.startOver}</Button>
      </div>
    </div>
  );
}
