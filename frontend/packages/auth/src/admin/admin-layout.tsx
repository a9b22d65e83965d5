import { Navigate } from 'react-router';
import { adminPermissions } from '../permissions';
import { RequirePermission } from '../require-permission';
import { may, useSession, type Person } from '../session';
import { SectionLayout, type SectionLink } from '../settings/settings-layout';
import { admin } from './messages';

const pages = [
  { to: '/admin/users', label: admin.pages.users, permission: 'users.read' },
  { to: '/admin/roles', label: admin.pages.roles, permission: 'roles.manage' },
  { to: '/admin/audit', label: admin.pages.audit, permission: 'audit.read' },
];

function pagesFor(user: Person | null): SectionLink[] {
  return pages.filter(({ permission }) => may(user, permission));
}

/** `more`: what a site has of its own to administer, for whoever may do everything. */
export function AdminLayout({ more = [] }: { more?: SectionLink[] }) {
  const { user } = useSession();
  return (
    <RequirePermission anyOf={adminPermissions}>
      <SectionLayout label={admin.navigation} items={[...pagesFor(user), ...(may(user, '*') ? more : [])]} />
    </RequirePermission>
  );
}

/** The first page that is open to the person. */
export function AdminHome() {
  const [first] = pagesFor(useSession().user);
  return first && <Navigate to={first.to} replace />;
}
