import { ButtonLink } from '@tt/ui/button';
import { showToast } from '@tt/ui/toast-store';
import type { UserMenuEntry } from '@tt/ui/user-menu';
import { lazy, Suspense } from 'react';
import { useLocation } from 'react-router';
import { shellMessages as messages } from './shell-messages';
import { session, type Person } from './session';

// The menu brings Headless UI's positioning code; visitors who are not signed in never load it.
const UserMenu = lazy(() => import('@tt/ui/user-menu').then((module) => ({ default: module.UserMenu })));

interface AccountAreaProps {
  user: Person | null;
  /** What the menu offers before "Sign out". */
  entries: UserMenuEntry[];
}

/** The end of the header: sign-in buttons, or the menu of the person who is signed in. */
export function AccountArea({ user, entries }: AccountAreaProps) {
  if (!user) return <SignInButtons />;
  const signOut = () => {
    void session.signOut().then(() => { showToast(messages.signedOut); });
  };
  return (
    <Suspense fallback={<span className="size-11 rounded-full bg-accent-soft" />}>
      <UserMenu
        name={user.name}
        email={user.email}
        entries={[...entries, { key: 'sign-out', label: messages.signOut, onSelect: signOut }]}
      />
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
