import { RequireRole } from '@tt/auth/require-role';
import { ImportPage } from '../features/admin-import/components/import-page';

export function ImportRoute() {
  return (
    <RequireRole role="admin">
      <ImportPage />
    </RequireRole>
  );
}
