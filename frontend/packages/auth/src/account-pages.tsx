import { usePageMeta } from '@tt/ui/page-meta';
import { TextLink } from '@tt/ui/text-link';
import type { ReactNode } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { AuthCard } from './auth-card';
import { messages } from './messages';
import { safeNextPath } from './next-path';
import { useSession } from './session';
import { SignInForm } from './sign-in-form';
import { SignUpForm } from './sign-up-form';

interface AccountPageProps {
  /** Where people go who came here by themselves. */
  home: string;
}

interface FrameProps extends AccountPageProps {
  title: string;
  lead: string;
  form: ReactNode;
  footer: (query: string) => ReactNode;
}

function AccountFrame({ home, title, lead, form, footer }: FrameProps) {
  usePageMeta({ title, noindex: true });
  const next = safeNextPath(useSearchParams()[0].get('next'), home);
  // Signing in turns the status, here or in another tab: one way out for both.
  if (useSession().status === 'signed_in') return <Navigate to={next} replace />;
  return <AuthCard title={title} lead={lead} footer={footer(`?next=${encodeURIComponent(next)}`)}>{form}</AuthCard>;
}

export function SignInPage({ home }: AccountPageProps) {
  return (
    <AccountFrame
      home={home}
      title={messages.signIn}
      lead={messages.signInLead}
      form={<SignInForm />}
      footer={(query) => <p>{messages.noAccount} <TextLink to={`/sign-up${query}`}>{messages.createOne}</TextLink></p>}
    />
  );
}

export function SignUpPage({ home, terms }: AccountPageProps & { terms?: ReactNode }) {
  return (
    <AccountFrame
      home={home}
      title={messages.signUpTitle}
      lead={messages.signUpLead}
      form={<SignUpForm />}
      footer={(query) => (
        <>
          <p>{messages.haveAccount} <TextLink to={`/sign-in${query}`}>{messages.signInInstead}</TextLink></p>
          {terms && <p className="mt-2 text-sm">{terms}</p>}
        </>
      )}
    />
  );
}
