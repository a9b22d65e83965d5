import { AuthCard } from '@tt/auth/auth-card';
import { safeNextPath } from '@tt/auth/next-path';
import { useSession } from '@tt/auth/session';
import { SignInForm } from '@tt/auth/sign-in-form';
import { usePageMeta } from '@tt/ui/page-meta';
import { TextLink } from '@tt/ui/text-link';
import { Navigate, useSearchParams } from 'react-router';
import { messages } from './messages';

export function SignInPage() {
  usePageMeta({ title: messages.signInTitle, noindex: true });
  const [search] = useSearchParams();
  const { status } = useSession();
  const next = safeNextPath(search.get('next'), '/account');
  // Signing in turns the status, here or in another tab: one way out for both.
  if (status === 'signed_in') return <Navigate to={next} replace />;
  return (
    <AuthCard
      title={messages.signInTitle}
      lead={messages.signInLead}
      footer={<p>{messages.noAccount} <TextLink to={`/sign-up?next=${encodeURIComponent(next)}`}>{messages.createOne}</TextLink></p>}
    >
      <SignInForm />
    </AuthCard>
  );
}
