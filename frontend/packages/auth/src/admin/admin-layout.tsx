import { RequireRole } from '../require-role';
import { SectionLayout, type SectionLink } from '../settings/settings-layout';
import { admin } from './messages';

const pages = [
  { to: '/admin/users', label: admin.pages.users },
  { to: '/admin/roles', label: admin.pages.roles },
  { to: '/admin/audit', label: admin.pages.audit },
];

/** `more`: what a site has of its own to administer. */
export function AdminLayout({ more = [] }: { more?: SectionLink[] }) {
  return (
    <RequireRole role="admin">
      <SectionLayout label={admin.navigation} items={[...pages, ...more]} />
    </RequireRole>
  );
}
