import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Link, NavLink, useLocation } from 'react-router';
import { cx } from './cx';
import { Container } from './layout';
import { Logo } from './logo';
import { messages } from './messages';
import { ThemeToggle } from './theme-toggle';
import { Toasts } from './toasts';

export interface NavigationItem {
  label: string;
  to: string;
}

interface PageShellProps {
  /** Written beside the logo: "Academy". */
  suffix?: string;
  navigation: NavigationItem[];
  /** Sign-in buttons or the user menu. */
  account?: ReactNode;
  /** A link to the other site, shown at the end of the navigation. */
  crossLink?: ReactNode;
  footer: ReactNode;
  children: ReactNode;
}

/** Header, main landmark and footer of both sites; a route change moves the focus to the new page. */
export function PageShell({ suffix, navigation, account, crossLink, footer, children }: PageShellProps) {
  const main = useFocusOnNavigation();
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#content"
        className="absolute top-2 left-2 z-50 -translate-y-20 rounded-full bg-marker px-5 py-3 font-semibold text-on-marker focus:translate-y-0"
      >
        {messages.skipToContent}
      </a>
      <ShellHeader {...{ suffix, navigation, account, crossLink }} />
      <main id="content" ref={main} tabIndex={-1} className="flex-1">
        {children}
      </main>
      {footer}
      <Toasts />
    </div>
  );
}

function useFocusOnNavigation() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const firstPath = useRef(pathname);
  useEffect(() => {
    if (firstPath.current === pathname) return;
    firstPath.current = '';
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return main;
}

function useEscape(active: boolean, close: () => void): void {
  useEffect(() => {
    if (!active) return;
    const onKey = (event: KeyboardEvent) => { if (event.key === 'Escape') close(); };
    document.addEventListener('keydown', onKey);
    return () => { document.removeEventListener('keydown', onKey); };
  }, [active, close]);
}

type HeaderProps = Pick<PageShellProps, 'navigation' | 'account' | 'crossLink'> & { suffix: string | undefined };

function ShellHeader({ suffix, navigation, account, crossLink }: HeaderProps) {
  // The path under which the menu was opened: going anywhere closes it.
  const [openOn, setOpenOn] = useState<string | null>(null);
  const { pathname } = useLocation();
  const open = openOn === pathname;
  useEscape(open, () => { setOpenOn(null); });
  return (
    <header className="sticky top-0 z-40 border-b border-line bg-canvas/92 backdrop-blur">
      <Container className="flex h-17 items-center gap-2 sm:gap-4">
        <Link to="/" className="mr-auto flex min-h-11 items-center rounded-lg lg:mr-6">
          <Logo suffix={suffix} />
        </Link>
        <nav aria-label={messages.mainNavigation} className="mr-auto hidden lg:block">
          <NavigationList items={navigation} crossLink={crossLink} className="flex items-center gap-1" />
        </nav>
        <ThemeToggle />
        <div className="hidden items-center gap-2 sm:flex">{account}</div>
        <button
          type="button"
          aria-expanded={open}
          aria-controls="mobile-menu"
          onClick={() => { setOpenOn(open ? null : pathname); }}
          className="grid size-11 place-items-center rounded-full border border-line-strong lg:hidden"
          aria-label={open ? messages.closeMenu : messages.openMenu}
        >
          <svg viewBox="0 0 20 20" className="size-5" aria-hidden="true" stroke="currentColor" strokeWidth="2" strokeLinecap="round">
            <path d={open ? 'm5 5 10 10M15 5 5 15' : 'M3 7h14M3 13h14'} />
          </svg>
        </button>
      </Container>
      <div id="mobile-menu" hidden={!open} className="border-t border-line lg:hidden">
        <Container className="max-h-[calc(100dvh-5rem)] overflow-y-auto py-4">
          <nav aria-label={messages.mainNavigation}>
            <NavigationList items={navigation} crossLink={crossLink} className="flex flex-col" />
          </nav>
          <div className="mt-4 flex items-center gap-3 border-t border-line pt-4 sm:hidden">{account}</div>
        </Container>
      </div>
    </header>
  );
}

interface NavigationListProps {
  items: NavigationItem[];
  crossLink?: ReactNode;
  className: string;
}

function NavigationList({ items, crossLink, className }: NavigationListProps) {
  const item = 'flex min-h-11 items-center rounded-full px-3.5 font-medium hover:bg-sunken';
  return (
    <ul className={className}>
      {items.map(({ label, to }) => (
        <li key={to}>
          <NavLink to={to} className={({ isActive }) => cx(item, isActive ? 'text-accent' : 'text-ink-muted hover:text-ink')}>
            {label}
          </NavLink>
        </li>
      ))}
      {crossLink && <li className="[&>a]:flex [&>a]:min-h-11 [&>a]:items-center [&>a]:rounded-full [&>a]:px-3.5 [&>a]:font-medium [&>a]:text-ink-muted [&>a:hover]:bg-sunken">{crossLink}</li>}
    </ul>
  );
}
