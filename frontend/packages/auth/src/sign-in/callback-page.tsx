import { describeError } from '@tt/api-client/error-messages';
import { ButtonLink } from '@tt/ui/button';
import { Container } from '@tt/ui/layout';
import { usePageMeta } from '@tt/ui/page-meta';
import { LoadingPanel } from '@tt/ui/spinner';
import { EmptyState } from '@tt/ui/states';
import { useEffect, useState } from 'react';
import { Navigate, useLocation, useNavigate, useSearchParams } from 'react-router';
import { messages } from '../messages';
import { safeNextPath } from '../next-path';
import { useSession } from '../session';
import { arrivalOf, isDeadLink, takeArrival, type Arrival } from './callback';
import '../error-texts';

/** Tokens and codes work once; React's strict mode mounts twice, so each arrival is taken up once. */
const taken = new Map<string, Promise<string>>();

function takeOnce(key: string, arrival: Extract<Arrival, { kind: 'session' | 'code' }>, next: string | null, home: string): Promise<string> {
  const running = taken.get(key) ?? takeArrival(arrival, next, home);
  taken.set(key, running);
  return running;
}

/** Mounted at /session/callback: where mailed links and providers lead back to. */
export function CallbackPage({ home }: { home: string }) {
  usePageMeta({ title: messages.callbackTitle, noindex: true });
  const { search, hash } = useLocation();
  const next = useSearchParams()[0].get('next');
  const navigate = useNavigate();
  const [arrival] = useState(() => arrivalOf(search, hash));
  const [failure, setFailure] = useState<unknown>(arrival.kind === 'error' ? arrival.error : null);

  useEffect(() => {
    if (arrival.kind !== 'session' && arrival.kind !== 'code') return undefined;
    let here = true;
    takeOnce(search + hash, arrival, next, home).then(
      // Replacing also takes the tokens out of the address and the history.
      (path) => { if (here) void navigate(path, { replace: true }); },
      (error: unknown) => { if (here) setFailure(error); },
    );
    return () => { here = false; };
  }, [arrival, search, hash, next, home, navigate]);

  // Servers that put no session into addresses send the link's secret: used up by a person only.
  if (arrival.kind === 'link') return <Navigate to={`/session/confirm${arrival.query}`} replace />;
  return (
    <Container width="text" className="py-16">
      {arrival.kind === 'message' && <EmptyState heading="h1" title={messages.changeAccepted}>{messages.changeAcceptedText}</EmptyState>}
      {failure !== null && <ArrivalFailed failure={failure} next={next} />}
      {failure === null && arrival.kind !== 'message' && <LoadingPanel label={messages.arriving} />}
    </Container>
  );
}

function ArrivalFailed({ failure, next }: { failure: unknown; next: string | null }) {
  const isSignedIn = useSession().status === 'signed_in';
  const title = isDeadLink(failure) ? messages.callbackFailed : isSignedIn ? messages.failed : messages.signInFailed;
  const query = next === null ? '' : `?next=${encodeURIComponent(next)}`;
  return (
    <div role="alert">
      <EmptyState
        heading="h1"
        title={title}
        actions={isSignedIn ? <ButtonLink to={safeNextPath(next)}>{messages.goBack}</ButtonLink> : <ButtonLink to={`/sign-in${query}`}>{messages.signIn}</ButtonLink>}
      >
        {describeError(failure)}
      </EmptyState>
    </div>
  );
}
