/** Words the design system itself says. */
export const messages = {
  skipToContent: 'Skip to content',
  openMenu: 'Menu',
  closeMenu: 'Close menu',
  mainNavigation: 'Main',
  toDarkTheme: 'Switch to dark theme',
  toLightTheme: 'Switch to light theme',
  accountMenu: 'Account',
  close: 'Close',
  loading: 'Loading…',
  retry: 'Try again',
  optional: 'optional',
  errorSummary: (count: number) => (count === 1 ? 'Please check one field' : `Please check ${String(count)} fields`),
  requestId: 'Reference',
  opensNewSite: 'leads to the other site',
} as const;
