const KEY = 'tt.quiz.unclaimed';
const MAX_REMEMBERED = 5;

/** Results taken without an account, on this device; they are claimed at the next sign-in. */
export function readUnclaimed(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter((token) => typeof token === 'string') : [];
  } catch {
    return [];
  }
}

function write(tokens: string[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(tokens.slice(-MAX_REMEMBERED)));
  } catch {
    // Storage is blocked: the result stays reachable by its address.
  }
}

export function rememberUnclaimed(token: string): void {
  write([...readUnclaimed().filter((other) => other !== token), token]);
}

export function forgetUnclaimed(token: string): void {
  write(readUnclaimed().filter((other) => other !== token));
}
