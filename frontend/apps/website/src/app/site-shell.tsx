import { AccountArea } from '@tt/auth/account-area';
import { handoffUrl } from '@tt/auth/cross-site-link';
import { administers } from '@tt/auth/permissions';
import { useSession } from '@tt/auth/session';
import { ShellNotices } from '@tt/auth/shell-notices';
import { AcademyLink, useSiteConfig } from '@tt/auth/site-links';
import { OfflineNotice } from '@tt/ui/offline-notice';
import { PageShell } from '@tt/ui/page-shell';
import { Outlet, ScrollRestoration } from 'react-router';
import { messages } from './messages';
import { SiteFooterArea } from './site-footer-area';
import { useClaimResults } from './use-claim-results';

const { navigation } = messages;
const items = [
  { label: navigation.services, to: '/services' },
  { label: navigation.quiz, to: '/quiz' },
  { label: navigation.blog, to: '/blog' },
  { label: navigation.about, to: '/about' },
  { label: navigation.contact, to: '/contact' },
];

export function SiteShell() {
  const { user } = useSession();
  const academyUrl = useSiteConfig()?.academy_url ?? '';
  useClaimResults(user);
  const goLearning = () => {
    void handoffUrl(academyUrl, '/my-learning').then((url) => { window.location.assign(url); });
  };
  const menu = [
    { key: 'account', label: messages.account, to: '/account' },
    { key: 'learning', label: messages.myLearning, onSelect: goLearning },
    ...(administers(user) ? [{ key: 'admin', label: messages.admin, to: '/admin' }] : []),
  ];
  return (
    <PageShell
      navigation={items}
      crossLink={<AcademyLink to="/">{navigation.academy}</AcademyLink>}
      account={<AccountArea user={user} entries={menu} />}
      footer={<SiteFooterArea />}
    >
      <ShellNotices />
      <OfflineNotice text={messages.offline} />
      <Outlet />
      <ScrollRestoration />
    </PageShell>
  );
}
