import { RequireRole } from '@tt/auth/require-role';
import { ImportPage } from '../features/admin-import/components/import-page';

export function ImportRoute() {
  return (
    // Our own kind of role, not ARIA's.
    // eslint-disable-next-line jsx-a11y/aria-role
    <RequireRole role="admin">
      <ImportPage />
    </RequireRole>
  );
}
