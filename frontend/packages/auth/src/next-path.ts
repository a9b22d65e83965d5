/** Where to go after signing in. Only paths of this site: an address from outside must not be a springboard. */
export function safeNextPath(next: string | null, fallback = '/'): string {
  if (!next?.startsWith('/') || next.startsWith('//') || next.includes('\\')) return fallback;
  return next;
}
