import type { AuditSearch } from '@tt/api-client/audit';

export function searchOf(query: URLSearchParams): AuditSearch {
  const get = (name: string) => query.get(name) ?? '';
  return { action: get('action'), outcome: get('outcome'), user_id: get('user_id'), from: get('from'), to: get('to') };
}

/** A time of the person's own clock, as date fields give it, as the server wants it; empty stays empty. */
export function toInstant(local: string): string {
  return local && !Number.isNaN(Date.parse(local)) ? new Date(local).toISOString() : '';
}

/** The other way: what a field of type datetime-local shows; an address may hold anything. */
export function toLocalField(instant: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return '';
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
