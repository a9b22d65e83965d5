import { isApiError } from '@tt/api-client/api-error';
import { describeError } from '@tt/api-client/error-messages';
import { Button, ButtonLink } from '@tt/ui/button';
import { Container } from '@tt/ui/layout';
import { usePageMeta } from '@tt/ui/page-meta';
import { EmptyState, ErrorState } from '@tt/ui/states';
import { useState, type ReactNode } from 'react';
import { session, useSession } from '../session';
import { IdentityDialog } from '../settings/identity-check';
import { consent as text } from './messages';
import '../error-texts';

const GONE = 'oauth_authorization_not_found';
const ANSWERED = 'validation_failed';

/** Whether asking again cannot help: the request is gone, somebody else's, or has its answer. */
export function isOver(error: unknown): boolean {
  return isApiError(error, GONE) || isApiError(error, ANSWERED);
}

interface StateProps {
  title: string;
  actions: ReactNode;
  children: ReactNode;
}

function State({ title, actions, children }: StateProps) {
  usePageMeta({ title, noindex: true });
  return (
    <Container width="text" className="py-16">
      <div role="alert"><EmptyState heading="h1" title={title} actions={actions}>{children}</EmptyState></div>
    </Container>
  );
}

/** The program asked in a way that has no answer; nobody needs to sign in to be told. */
export function RequestRefused({ code }: { code: string | null }) {
  const [title, words] =
    code === null ? [text.incomplete, text.incompleteText]
    : code === 'feature_disabled' ? [text.off, text.offText]
    : [text.refused, text.refusedText];
  return <State title={title} actions={<ButtonLink to="/" variant="secondary">{text.toStart}</ButtonLink>}>{words}</State>;
}

interface RequestOverProps {
  failure: unknown;
  onRetry: () => void;
}

/** Why there is nothing to answer, each with a way out. */
export function RequestOver({ failure, onRetry }: RequestOverProps) {
  const { user } = useSession();
  if (isApiError(failure, 'insufficient_aal')) return <SecondStepMissing onRetry={onRetry} />;
  if (isApiError(failure, 'feature_disabled')) return <RequestRefused code={failure.code} />;
  if (isApiError(failure, ANSWERED)) {
    return (
      <State title={text.answered} actions={<ButtonLink to="/account/security" variant="secondary">{text.toSecurity}</ButtonLink>}>
        {text.answeredText}
      </State>
    );
  }
  if (isApiError(failure, GONE)) {
    return (
      <State
        title={text.gone}
        actions={
          <>
            <Button variant="secondary" onClick={() => void session.signOut()}>{text.otherAccount}</Button>
            <ButtonLink to="/" variant="ghost">{text.toStart}</ButtonLink>
          </>
        }
      >
        <p>{text.goneText}</p>
        {user && <p className="mt-2">{text.signedInAs(user.email)}</p>}
      </State>
    );
  }
  return <NotArrived failure={failure} onRetry={onRetry} />;
}

function NotArrived({ failure, onRetry }: { failure: unknown; onRetry: () => void }) {
  usePageMeta({ title: text.failed, noindex: true });
  return (
    <Container width="text" className="py-16">
      <ErrorState heading="h1" title={text.failed} message={describeError(failure)} onRetry={onRetry} />
    </Container>
  );
}

function SecondStepMissing({ onRetry }: { onRetry: () => void }) {
  const [isAsking, setIsAsking] = useState(false);
  const settle = (confirmed: boolean) => {
    setIsAsking(false);
    if (confirmed) onRetry();
  };
  return (
    <>
      <State title={text.secondStep} actions={<Button onClick={() => { setIsAsking(true); }}>{text.secondStepProve}</Button>}>
        {text.secondStepText}
      </State>
      {isAsking && <IdentityDialog onSettle={settle} />}
    </>
  );
}
