import { useSession } from '@tt/auth/session';
import { AcademyLink } from '@tt/auth/site-links';
import { PageShell } from '@tt/ui/page-shell';
import { Outlet, ScrollRestoration } from 'react-router';
import { AccountArea } from './account-area';
import { messages } from './messages';
import { OfflineNotice } from './offline-notice';
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
  useClaimResults(user);
  return (
    <PageShell
      navigation={items}
      crossLink={<AcademyLink to="/">{navigation.academy}</AcademyLink>}
      account={<AccountArea user={user} />}
      footer={<SiteFooterArea />}
    >
      <OfflineNotice />
      <Outlet />
      <ScrollRestoration />
    </PageShell>
  );
}
