import { deletionOf, type User } from '@tt/api-client/auth';
import { Badge } from '@tt/ui/badge';
import { users as text } from './messages';
import { bannedUntil } from './person';

/** Roles, and what is out of the ordinary about an account. */
export function PersonBadges({ user }: { user: User }) {
  return (
    <>
      {(user.app_metadata?.roles ?? []).map((role) => <Badge key={role} tone="accent">{role}</Badge>)}
      {bannedUntil(user) && <Badge tone="danger">{text.banned}</Badge>}
      {user.email && !user.email_confirmed_at && <Badge tone="warning">{text.unconfirmed}</Badge>}
      {deletionOf(user) && <Badge tone="warning">{text.leaving}</Badge>}
    </>
  );
}
