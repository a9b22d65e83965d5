import { Navigate, useLocation } from 'react-router';
import { AccountNotices } from './account-notices';
import { ImpersonationBanner } from './impersonation-banner';
import { isArrival } from './sign-in/arrival-fragment';

const CALLBACK = '/session/callback';

/** What both shells put above every page: whose account it is, and the way for links that bring a session. */
export function ShellNotices() {
  const { pathname, search, hash } = useLocation();
  if (pathname !== CALLBACK && isArrival(hash)) {
    // A link without an address of its own leads to the start page.
    return <Navigate to={{ pathname: CALLBACK, search, hash }} replace />;
  }
  return (
    <>
      <ImpersonationBanner />
      <AccountNotices />
    </>
  );
}
