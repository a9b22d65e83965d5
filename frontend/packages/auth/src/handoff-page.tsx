import { Container } from '@tt/ui/layout';
import { ButtonLink } from '@tt/ui/button';
import { LoadingPanel } from '@tt/ui/spinner';
import { EmptyState } from '@tt/ui/states';
import { useEffect, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { messages } from './messages';
import { safeNextPath, secondStepPath } from './next-path';
import { session, type SignInOutcome } from './session';
import './error-texts';

/** Codes work once; React's strict mode mounts twice, so the exchange is remembered by code. */
const exchanges = new Map<string, Promise<SignInOutcome>>();

function exchangeOnce(code: string): Promise<SignInOutcome> {
  const running = exchanges.get(code) ?? session.exchangeHandoff(code);
  exchanges.set(code, running);
  return running;
}

/** Mounted at /session/handoff: the other site sends people here with a code in the fragment, which no server logs. */
export function HandoffPage() {
  const { hash } = useLocation();
  const navigate = useNavigate();
  const [failed, setFailed] = useState(false);
  const parameters = new URLSearchParams(hash.slice(1));
  const code = parameters.get('code') ?? '';
  const next = safeNextPath(parameters.get('next'));

  useEffect(() => {
    let here = true;
    exchangeOnce(code).then(
      (outcome) => { if (here) void navigate(outcome === 'signed_in' ? next : secondStepPath(next), { replace: true }); },
      () => { if (here) setFailed(true); },
    );
    return () => { here = false; };
  }, [code, next, navigate]);

  return (
    <Container width="text" className="py-16">
      {failed ? (
        <EmptyState
          heading="h1"
          title={messages.handoffFailed}
          actions={
            <>
              <ButtonLink to={`/sign-in?next=${encodeURIComponent(next)}`}>{messages.signIn}</ButtonLink>
              <ButtonLink to={next} variant="secondary">{messages.goOn}</ButtonLink>
            </>
          }
        >
          {messages.handoffFailedText}
        </EmptyState>
      ) : (
        <LoadingPanel label={messages.arriving} />
      )}
    </Container>
  );
}
