import { ApiError } from './api-error';

/** One sentence a person can act on, by stable code. The server's own wording is the fallback for codes not listed. */
const byCode: Record<string, string> = {
  network: 'We can’t reach the server. Check your connection and try again.',
  timeout: 'The server took too long to answer. Please try again.',
  contract: 'The server sent an answer this page does not understand. Reload the page; if it stays, tell us.',
  invalid_credentials: 'The e-mail address or password is not right.',
  email_not_confirmed: 'Please confirm your e-mail address first: open the link we sent you.',
  user_already_exists: 'There is already an account with this e-mail address. Sign in instead.',
  email_exists: 'There is already an account with this e-mail address. Sign in instead.',
  weak_password: 'Please choose a longer password.',
  signup_disabled: 'New accounts are closed at the moment.',
  user_banned: 'This account is suspended. Please contact us.',
  over_request_rate_limit: 'Too many attempts. Wait a minute and try again.',
  rate_limited: 'Too many requests. Wait a minute and try again.',
  unauthenticated: 'Please sign in first.',
  session_not_found: 'Your session has ended. Please sign in again.',
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

const byStatus: [status: number, message: string][] = [
  [401, 'Please sign in first.'],
  [403, 'Your account is not allowed to do this.'],
  [404, 'We could not find that.'],
  [412, byCode['precondition_failed'] ?? ''],
  [413, 'That is too large.'],
  [429, byCode['rate_limited'] ?? ''],
  [503, 'The service is busy or being updated. Please try again in a moment.'],
];

export function describeError(error: unknown): string {
  if (!(error instanceof ApiError)) return 'Something went wrong. Please try again.';
  const known = byCode[error.code] ?? byStatus.find(([status]) => status === error.status)?.[1];
  if (known) return known;
  if (error.status >= 500) return 'Something went wrong on our side. Please try again.';
  return error.message;
}
