import { cx } from '@tt/ui/cx';
import { Container } from '@tt/ui/layout';
import { LoadingPanel } from '@tt/ui/spinner';
import { Suspense, useEffect, useRef } from 'react';
import { NavLink, Outlet, useLocation } from 'react-router';
import { RequireUser } from '../require-user';
import { messages } from './messages';

const { pages } = messages;
const items = [
  { to: '/account', label: pages.profile },
  { to: '/account/security', label: pages.security },
  { to: '/account/sessions', label: pages.sessions },
  { to: '/account/organizations', label: pages.organizations },
  { to: '/account/api-keys', label: pages.apiKeys },
  { to: '/account/data', label: pages.data },
];

/** The settings of an account: the same on both sites. */
export function SettingsLayout() {
  return (
    <RequireUser>
      <SectionLayout label={messages.navigation} items={items} />
    </RequireUser>
  );
}

export interface SectionLink {
  to: string;
  label: string;
}

/** Pages that belong together, with their names beside them; above them on narrow screens. */
export function SectionLayout({ label, items: links }: { label: string; items: SectionLink[] }) {
  const navigation = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    // On narrow screens the row of names scrolls sideways: the current one must be seen.
    navigation.current?.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [pathname]);
  return (
    <Container className="grid gap-x-14 pt-8 lg:grid-cols-[13rem_minmax(0,1fr)] lg:pt-14">
      <nav ref={navigation} aria-label={label} className="-mx-5 mb-8 overflow-x-auto px-5 sm:-mx-8 sm:px-8 lg:sticky lg:top-24 lg:mx-0 lg:self-start lg:px-0">
        <ul className="flex gap-1 lg:flex-col">
          {links.map(({ to, label: name }) => (
            <li key={to}>
              <NavLink
                to={to}
                end={to.split('/').length === 2}
                className={({ isActive }) =>
                  cx(
                    'flex min-h-11 items-center rounded-full px-4 font-medium whitespace-nowrap',
                    isActive ? 'bg-accent-soft text-on-accent-soft' : 'text-ink-muted hover:bg-sunken hover:text-ink',
                  )
                }
              >
                {name}
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
      <div className="min-w-0">
        <Suspense fallback={<LoadingPanel />}>
          <Outlet />
        </Suspense>
      </div>
    </Container>
  );
}
