import { ApiError } from './api-error';

/** One sentence a person can act on, by stable code. The server's own wording is the fallback for codes not listed. */
const byCode: Record<string, string> = {
  network: 'We can’t reach the server. Check your connection and try again.',
  timeout: 'The server took too long to answer. Please try again.',
  contract: 'The server sent an answer this page does not understand. Reload the page; if it stays, tell us.',
  rate_limited: 'Too many requests. Wait a minute and try again.',
  unauthenticated: 'Please sign in first.',
  role_required: 'Your account does not have the role this needs.',
  permission_denied: 'Your account is not allowed to do this.',
  row_version_conflict: 'Somebody changed this in the meantime. Load the latest version and try again.',
  precondition_failed: 'Somebody changed this in the meantime. Load the latest version and try again.',
  course_not_found: 'This course does not exist or is not published.',
  course_not_open: 'This course is not open for enrolment.',
  payment_required: 'This course has a price and cannot be joined for free.',
  attempt_closed: 'This attempt is over, so the answer was not saved.',
  not_eligible: 'You have not met the rule for this certificate yet.',
  token_invalid: 'This link does not work any more.',
  not_found: 'We could not find that.',
};

/** Pages that call more of the API bring the words for its codes; the first visit does not carry them. */
export function addErrorMessages(more: Record<string, string>): void {
  Object.assign(byCode, more);
}

const byStatus: [status: number, message: string][] = [
  [401, 'Please sign in first.'],
  [403, 'Your account is not allowed to do this.'],
  [404, 'We could not find that.'],
  [412, byCode['precondition_failed'] ?? ''],
  [413, 'That is too large.'],
  [429, byCode['rate_limited'] ?? ''],
  [503, 'The service is busy or being updated. Please try again in a moment.'],
];

/** What is wrong with a new password, most useful first. */
const weakPassword: [reason: string, message: string][] = [
  ['pwned', 'This password is on lists that attackers try first. Please choose another one.'],
  ['common', 'This password is one of the most used ones. Please choose another one.'],
  ['context', 'This password contains your name, your address or ours. Please choose another one.'],
  ['length', 'Please choose a longer password.'],
  ['characters', 'Please use more different kinds of characters.'],
];

function describeWeakPassword(reasons: string[]): string | undefined {
  return weakPassword.find(([reason]) => reasons.includes(reason))?.[1];
}

/** "Wait 40 seconds" helps; "try later" does not. */
function describeWait(seconds: number): string {
  const rounded = seconds < 90 ? `${String(Math.ceil(seconds))} seconds` : `${String(Math.ceil(seconds / 60))} minutes`;
  return `Too many attempts. Wait ${rounded} and try again.`;
}

export function describeError(error: unknown): string {
  if (!(error instanceof ApiError)) return 'Something went wrong. Please try again.';
  if (error.code === 'weak_password') return describeWeakPassword(error.reasons) ?? 'Please choose a longer password.';
  if (error.status === 429 && error.retryAfterSeconds) return describeWait(error.retryAfterSeconds);
  const known = byCode[error.code] ?? byStatus.find(([status]) => status === error.status)?.[1];
  if (known) return known;
  if (error.status >= 500) return 'Something went wrong on our side. Please try again.';
  return error.message;
}
