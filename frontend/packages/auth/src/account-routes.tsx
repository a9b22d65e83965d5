import { lazyPage } from '@tt/ui/lazy-page';
import type { ReactNode } from 'react';
import type { RouteObject } from 'react-router';
import type { SectionLink } from './settings/settings-layout';

interface AccountRoutesOptions {
  /** Where people go who signed in by themselves. */
  home: string;
  /** What a site adds to the profile page; loaded with it. */
  profileExtra?: () => Promise<ReactNode>;
}

const organizations = () => import('./organizations/organizations-page');
const organization = () => import('./organizations/organization-page');

/** Signing in, settings and invitations: the same pages at the same addresses on both sites. */
export function accountRoutes({ home, profileExtra }: AccountRoutesOptions): RouteObject[] {
  return [
    lazyPage('forgot-password', () => import('./sign-in/forgot-password-page'), (m) => m.ForgotPasswordPage),
    lazyPage('reset-password', () => import('./sign-in/reset-password-page'), (m) => m.ResetPasswordPage),
    lazyPage('session/handoff', () => import('./handoff-page'), (m) => m.HandoffPage),
    {
      path: 'session/callback',
      lazy: async () => {
        const { CallbackPage } = await import('./sign-in/callback-page');
        return { element: <CallbackPage home={home} /> };
      },
    },
    {
      path: 'session/confirm',
      lazy: async () => {
        const { ConfirmPage } = await import('./sign-in/confirm-page');
        return { element: <ConfirmPage home={home} /> };
      },
    },
    lazyPage('oauth/consent', () => import('./oauth/consent-page'), (m) => m.ConsentPage),
    lazyPage('invitations', () => import('./organizations/invitation-page'), (m) => m.InvitationPage),
    {
      path: 'account',
      lazy: async () => ({ Component: (await import('./settings/settings-layout')).SettingsLayout }),
      children: [
        {
          index: true,
          lazy: async () => {
            const [{ ProfilePage }, extra] = await Promise.all([import('./settings/profile-page'), profileExtra?.()]);
            return { element: <ProfilePage extra={extra} /> };
          },
        },
        lazyPage('security', () => import('./settings/security-page'), (m) => m.SecurityPage),
        lazyPage('sessions', () => import('./settings/sessions-page'), (m) => m.SessionsPage),
        lazyPage('organizations', organizations, (m) => m.OrganizationsPage),
        lazyPage('organizations/:id', organization, (m) => m.OrganizationPage),
        lazyPage('api-keys', () => import('./api-keys/api-keys-page'), (m) => m.ApiKeysPage),
        lazyPage('data', () => import('./settings/data-page'), (m) => m.DataPage),
        lazyPage('restore', () => import('./settings/restore-page'), (m) => m.RestorePage),
      ],
    },
  ];
}

interface AdminRoutesOptions {
  /** What a site has of its own to administer: its links and its pages. */
  links?: SectionLink[];
  pages?: RouteObject[];
}

/** People, roles and the audit log, each for whoever may look at it. */
export function adminRoutes({ links = [], pages = [] }: AdminRoutesOptions = {}): RouteObject {
  return {
    path: 'admin',
    lazy: async () => {
      const { AdminLayout } = await import('./admin/admin-layout');
      return { element: <AdminLayout more={links} /> };
    },
    children: [
      { index: true, lazy: async () => ({ Component: (await import('./admin/admin-layout')).AdminHome }) },
      lazyPage('users', () => import('./admin/users-page'), (m) => m.UsersPage),
      lazyPage('users/:id', () => import('./admin/user-page'), (m) => m.UserPage),
      lazyPage('roles', () => import('./admin/roles-page'), (m) => m.RolesPage),
      lazyPage('audit', () => import('./admin/audit-page'), (m) => m.AuditPage),
      ...pages,
    ],
  };
}
