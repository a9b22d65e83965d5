import { Alert } from '@tt/ui/alert';
import { usePageMeta } from '@tt/ui/page-meta';
import { TextLink } from '@tt/ui/text-link';
import type { ReactNode } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { AuthCard } from './auth-card';
import { messages, stepMessages } from './messages';
import { safeNextPath } from './next-path';
import { usePendingSession, useSession } from './session';
import { SecondStep } from './sign-in/second-step';
import { SignInMethods } from './sign-in/sign-in-methods';
import { SignUpForm } from './sign-up-form';
import { useAuthSettings } from './use-auth-settings';
import { useReturnFocus } from './use-return-focus';

interface AccountPageProps {
  /** Where people go who came here by themselves. */
  home: string;
}

interface FrameProps extends AccountPageProps {
  title: string;
  lead: string;
  form: (next: string) => ReactNode;
  footer: (query: string) => ReactNode;
}

function AccountFrame({ home, title, lead, form, footer }: FrameProps) {
  const next = safeNextPath(useSearchParams()[0].get('next'), home);
  const pending = usePendingSession();
  const { status } = useSession();
  usePageMeta({ title: pending ? stepMessages.title : title, noindex: true });
  useReturnFocus(pending !== null, () => document.querySelector('h1'));
  // First, because somebody who is signed in may be on their way through a reset, which asks for the second step anew.
  if (pending) {
    return (
      <AuthCard title={stepMessages.title} lead={stepMessages.lead} footer={<p>{pending.user.email}</p>}>
        <SecondStep pending={pending} />
      </AuthCard>
    );
  }
  // Signing in turns the status, here or in another tab: one way out for both.
  if (status === 'signed_in') return <Navigate to={next} replace />;
  return <AuthCard title={title} lead={lead} footer={footer(`?next=${encodeURIComponent(next)}`)}>{form(next)}</AuthCard>;
}

export function SignInPage({ home }: AccountPageProps) {
  return (
    <AccountFrame
      home={home}
      title={messages.signIn}
      lead={messages.signInLead}
      form={(next) => <SignInMethods next={next} />}
      footer={(query) => <p>{messages.noAccount} <TextLink to={`/sign-up${query}`}>{messages.createOne}</TextLink></p>}
    />
  );
}

export function SignUpPage({ home, terms }: AccountPageProps & { terms?: ReactNode }) {
  const isClosed = useAuthSettings()?.disable_signup ?? false;
  return (
    <AccountFrame
      home={home}
      title={messages.signUpTitle}
      lead={messages.signUpLead}
      form={(next) => (isClosed ? <Alert title={messages.signUpClosed}>{messages.signUpClosedText}</Alert> : <SignUpForm next={next} />)}
      footer={(query) => (
        <>
          <p>{messages.haveAccount} <TextLink to={`/sign-in${query}`}>{messages.signInInstead}</TextLink></p>
          {terms && <p className="mt-2 text-sm">{terms}</p>}
        </>
      )}
    />
  );
}
