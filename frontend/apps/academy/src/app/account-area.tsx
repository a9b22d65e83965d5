import { handoffUrl } from '@tt/auth/cross-site-link';
import { session, type Person } from '@tt/auth/session';
import { useSiteConfig } from '@tt/auth/site-links';
import { ButtonLink } from '@tt/ui/button';
import { showToast } from '@tt/ui/toast-store';
import { lazy, Suspense } from 'react';
import { useLocation } from 'react-router';
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
  const { pathname, search } = useLocation();
  const onForm = pathname === '/sign-in' || pathname === '/sign-up';
  const next = onForm ? search : `?next=${encodeURIComponent(pathname + search)}`;
  return (
    <>
      <ButtonLink to={`/sign-in${next}`} variant="ghost">{messages.signIn}</ButtonLink>
      <ButtonLink to={`/sign-up${next}`}>{messages.signUp}</ButtonLink>
    </>
  );
}

function SignedInMenu({ user }: { user: Person }) {
  const siteUrl = useSiteConfig()?.site_url;
  const goToProfile = () => {
    if (siteUrl) void handoffUrl(siteUrl, '/account').then((url) => { window.location.assign(url); });
  };
  const signOut = () => {
    void session.signOut().then(() => { showToast(messages.signedOut); });
  };
  const entries = [
    { key: 'learning', label: messages.navigation.myLearning, to: '/my-learning' },
    { key: 'certificates', label: messages.navigation.certificates, to: '/certificates' },
    ...(user.roles.includes('admin') ? [{ key: 'import', label: messages.importCourse, to: '/admin/import' }] : []),
    { key: 'profile', label: messages.profile, onSelect: goToProfile },
    { key: 'sign-out', label: messages.signOut, onSelect: signOut },
  ];
  return <UserMenu name={user.name} email={user.email} entries={entries} />;
}
