import { AuthCard } from '@tt/auth/auth-card';
import { safeNextPath } from '@tt/auth/next-path';
import { useSession } from '@tt/auth/session';
import { SignUpForm } from '@tt/auth/sign-up-form';
import { usePageMeta } from '@tt/ui/page-meta';
import { TextLink } from '@tt/ui/text-link';
import { Navigate, useSearchParams } from 'react-router';
import { messages } from './messages';

export function SignUpPage() {
  usePageMeta({ title: messages.signUpTitle, noindex: true });
  const [search] = useSearchParams();
  const { status } = useSession();
  const next = safeNextPath(search.get('next'), '/account');
  if (status === 'signed_in') return <Navigate to={next} replace />;
  return (
    <AuthCard
      title={messages.signUpTitle}
      lead={messages.signUpLead}
      footer={
        <>
          <p>{messages.haveAccount} <TextLink to={`/sign-in?next=${encodeURIComponent(next)}`}>{messages.signInInstead}</TextLink></p>
          <p className="mt-2 text-sm">{messages.terms} <TextLink to="/privacy">{messages.privacy}</TextLink>.</p>
        </>
      }
    >
      <SignUpForm />
    </AuthCard>
  );
}
