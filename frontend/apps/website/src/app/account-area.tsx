import { session, type Person } from '@tt/auth/session';
import { handoffUrl } from '@tt/auth/cross-site-link';
import { useSiteConfig } from '@tt/auth/site-links';
import { ButtonLink } from '@tt/ui/button';
import { showToast } from '@tt/ui/toast-store';
import { lazy, Suspense } from 'react';
import { messages } from './messages';

// The menu brings Headless UI's positioning code; visitors who are not signed in never load it.
const UserMenu = lazy(() => import('@tt/ui/user-menu').then((module) => ({ default: module.UserMenu })));

export function AccountArea({ user }: { user: Person | null }) {
  if (!user) return <SignInButtons />;
  return (
    <Suspense fallback={<span className="size-11 rounded-full bg-accent-soft" />}>
      <SignedInMenu user={user} />
    </Suspense>
  );
}

function SignInButtons() {
  return (
    <>
      <ButtonLink to="/sign-in" variant="ghost">{messages.signIn}</ButtonLink>
      <ButtonLink to="/sign-up">{messages.signUp}</ButtonLink>
    </>
  );
}

function SignedInMenu({ user }: { user: Person }) {
  const academyUrl = useSiteConfig()?.academy_url;
  const goLearning = () => {
    if (academyUrl) void handoffUrl(academyUrl, '/my-learning').then((url) => { window.location.assign(url); });
  };
  const signOut = () => {
    void session.signOut().then(() => { showToast(messages.signedOut); });
  };
  const entries = [
    { key: 'account', label: messages.account, to: '/account' },
    { key: 'learning', label: messages.myLearning, onSelect: goLearning },
    { key: 'sign-out', label: messages.signOut, onSelect: signOut },
  ];
  return <UserMenu name={user.name} email={user.email} entries={entries} />;
}
