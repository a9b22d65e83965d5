import type { DeviceSession } from '@tt/api-client/sessions';
import { formatDateTime } from '@tt/ui/format';
import { sessionsText as text } from './messages';

/** Where a session is from, so far as it is known. */
export function sessionFacts({ ip, created_at: created, refreshed_at: refreshed }: DeviceSession): string {
  const facts = [ip, text.signedIn(formatDateTime(created)), refreshed && text.active(formatDateTime(refreshed))];
  return facts.filter(Boolean).join(' · ');
}
