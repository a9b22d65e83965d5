import { AccountArea } from '@tt/auth/account-area';
import { administers } from '@tt/auth/permissions';
import { useSession, type Person } from '@tt/auth/session';
import { ShellNotices } from '@tt/auth/shell-notices';
import { WebsiteLink } from '@tt/auth/site-links';
import { OfflineNotice } from '@tt/ui/offline-notice';
import { PageShell } from '@tt/ui/page-shell';
import { Outlet, ScrollRestoration } from 'react-router';
import { FooterArea } from './footer-area';
import { messages } from './messages';

const { navigation } = messages;

export function AcademyShell() {
  const { user } = useSession();
  return (
    <PageShell
      suffix={messages.suffix}
      navigation={navigationOf(user)}
      crossLink={<WebsiteLink to="/">{navigation.site}</WebsiteLink>}
      account={<AccountArea user={user} entries={menuOf(user)} />}
      footer={<FooterArea />}
    >
      <ShellNotices />
      <OfflineNotice text={messages.offline} />
      <Outlet />
      <ScrollRestoration />
    </PageShell>
  );
}

function navigationOf(user: Person | null) {
  const open = [{ label: navigation.courses, to: '/courses' }];
  if (!user) return open;
  return [...open, { label: navigation.myLearning, to: '/my-learning' }, { label: navigation.certificates, to: '/certificates' }];
}

function menuOf(user: Person | null) {
  const learning = { key: 'learning', label: navigation.myLearning, to: '/my-learning' };
  const account = { key: 'account', label: messages.account, to: '/account' };
  if (!administers(user)) return [learning, account];
  return [learning, account, { key: 'admin', label: messages.admin, to: '/admin' }];
}
