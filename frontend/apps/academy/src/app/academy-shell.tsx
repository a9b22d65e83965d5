import { AccountArea } from '@tt/auth/account-area';
import { handoffUrl } from '@tt/auth/cross-site-link';
import { useSession, type Person } from '@tt/auth/session';
import { useSiteConfig, WebsiteLink } from '@tt/auth/site-links';
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
      account={<AccountArea user={user} entries={useMenu(user)} />}
      footer={<FooterArea />}
    >
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

/** The profile lives on the website; the session goes along. */
function useMenu(user: Person | null) {
  const siteUrl = useSiteConfig()?.site_url ?? '';
  const goToProfile = () => {
    void handoffUrl(siteUrl, '/account').then((url) => { window.location.assign(url); });
  };
  const learning = { key: 'learning', label: navigation.myLearning, to: '/my-learning' };
  const profile = { key: 'profile', label: messages.profile, onSelect: goToProfile };
  if (!user?.roles.includes('admin')) return [learning, profile];
  return [learning, profile, { key: 'import', label: messages.importCourse, to: '/admin/import' }];
}
