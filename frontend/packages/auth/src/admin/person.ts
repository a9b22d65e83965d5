import type { User } from '@tt/api-client/auth';
import { formatDate } from '@tt/ui/format';
import { users as text } from './messages';

export function nameOf({ user_metadata: meta, email, id }: User): string {
  return meta?.display_name ?? meta?.name ?? (email || id);
}

/** A suspension that has run out is none. */
export function bannedUntil({ banned_until: until }: User, now = Date.now()): string | null {
  return until && Date.parse(until) > now ? until : null;
}

export function factsOf({ created_at: created, last_sign_in_at: seen }: User): string {
  return [created && text.joined(formatDate(created)), seen ? text.lastSeen(formatDate(seen)) : text.neverSeen].filter(Boolean).join(' · ');
}
