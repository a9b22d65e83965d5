/** Browsers drop tabs and line breaks inside an address, so "/<tab>/evil" would become "//evil". */
const isOdd = (char: string) => char <= ' ' || char === '\\' || char === '\u007f';

/** Where to go after signing in. Only paths of this site: an address from outside must not be a springboard. */
export function safeNextPath(next: string | null, fallback = '/'): string {
  if (!next?.startsWith('/') || next.startsWith('//') || [...next].some(isOdd)) return fallback;
  return next;
}

/** The sign-in page asks for the second step and then goes on. */
export function secondStepPath(next: string): string {
  return `/sign-in?next=${encodeURIComponent(next)}`;
}
