import { isApiError } from '@tt/api-client/api-error';
import { Alert } from '@tt/ui/alert';
import { Button } from '@tt/ui/button';
import { profile } from './messages';

const CHANGED_MEANWHILE = 412;

export function isConflict(error: unknown): boolean {
  return isApiError(error) && error.status === CHANGED_MEANWHILE;
}

export function Conflict({ onLoadLatest }: { onLoadLatest: () => void }) {
  return (
    <Alert
      tone="warning"
      title={profile.conflictTitle}
      actions={<Button variant="secondary" size="sm" onClick={onLoadLatest}>{profile.loadLatest}</Button>}
    >
      {profile.conflictText}
    </Alert>
  );
}
