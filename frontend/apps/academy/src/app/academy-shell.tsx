import { useSession } from '@tt/auth/session';
import { WebsiteLink } from '@tt/auth/site-links';
import { PageShell } from '@tt/ui/page-shell';
import { Outlet, ScrollRestoration } from 'react-router';
import { AccountArea } from './account-area';
import { FooterArea } from './footer-area';
import { messages } from './messages';
import { OfflineNotice } from './offline-notice';

const { navigation } = messages;

export function AcademyShell() {
  const { user } = useSession();
  const items = [
    { label: navigation.courses, to: '/courses' },
    ...(user ? [{ label: navigation.myLearning, to: '/my-learning' }, { label: navigation.certificates, to: '/certificates' }] : []),
  ];
  return (
    <PageShell
      suffix={messages.suffix}
      navigation={items}
      crossLink={<WebsiteLink to="/">{navigation.site}</WebsiteLink>}
      account={<AccountArea user={user} />}
      footer={<FooterArea />}
    >
      <OfflineNotice />
      <Outlet />
      <ScrollRestoration />
    </PageShell>
  );
}
