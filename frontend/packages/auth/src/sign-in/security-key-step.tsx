import type { Factor } from '@tt/api-client/auth';
import { describeError } from '@tt/api-client/error-messages';
import { Alert } from '@tt/ui/alert';
import { Button } from '@tt/ui/button';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { messages, stepMessages } from '../messages';
import { proveSecurityKey } from '../security-key';
import { session } from '../session';
import { canUsePasskeys, isDismissed } from '../webauthn';
import { verified } from './steps';

interface StepProps {
  factors: Factor[];
  token: string;
  onDone?: (() => void) | undefined;
}

export function SecurityKeyStep({ factors, token, onDone }: StepProps) {
  const keys = verified(factors, 'webauthn');
  const prove = useMutation({
    mutationFn: async (factorId: string) => { session.begin(await proveSecurityKey(factorId, token)); },
    onSuccess: () => { onDone?.(); },
  });
  const start = useRef<HTMLDivElement>(null);
  // As the other steps do with their fields.
  useEffect(() => { (start.current?.querySelector('button') ?? start.current)?.focus(); }, []);
  if (!canUsePasskeys()) return <div ref={start} tabIndex={-1}><Alert tone="warning">{stepMessages.keyUnavailable}</Alert></div>;
  return (
    <div ref={start} className="flex flex-col gap-5">
      {prove.error && !isDismissed(prove.error) && <Alert tone="danger" title={messages.failed}>{describeError(prove.error)}</Alert>}
      <p className="text-ink-muted">{stepMessages.webauthnText}</p>
      {keys.map((key) => (
        <Button key={key.id} size="lg" busy={prove.isPending && prove.variables === key.id} onClick={() => { prove.mutate(key.id); }}>
          {keys.length > 1 && key.friendly_name ? `${stepMessages.useKey}: ${key.friendly_name}` : stepMessages.useKey}
        </Button>
      ))}
    </div>
  );
}
