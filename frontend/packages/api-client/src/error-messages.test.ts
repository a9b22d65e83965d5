import { describe, expect, it } from 'vitest';
import { accountMessages } from './account-error-messages';
import { ApiError, errorFromBody } from './api-error';
import { authMessages } from './auth-error-messages';
import { addErrorMessages, describeError } from './error-messages';

/** What a person can meet on our pages; codes of the admin API's callers and of SAML are not among them. */
const gotrue = `invalid_credentials email_not_confirmed user_already_exists email_exists signup_disabled user_banned session_not_found
  session_expired refresh_token_not_found refresh_token_already_used bad_jwt no_authorization otp_expired flow_state_not_found
  flow_state_expired bad_code_verifier same_password current_password_required current_password_invalid reauthentication_needed
  reauthentication_not_valid insufficient_aal mfa_verification_failed mfa_verification_rejected mfa_challenge_expired
  mfa_ip_address_mismatch mfa_factor_not_found mfa_factor_name_conflict mfa_verified_factor_exists mfa_recovery_codes_locked
  mfa_recovery_codes_sole_factor too_many_enrolled_mfa_factors webauthn_credential_exists webauthn_credential_not_found
  webauthn_challenge_not_found webauthn_challenge_expired webauthn_verification_failed passkey_disabled too_many_passkeys
  single_identity_not_deletable identity_already_exists email_conflict_identity_not_deletable identity_not_found
  over_request_rate_limit over_email_send_rate_limit email_address_invalid oauth_provider_not_supported provider_disabled
  unexpected_failure request_timeout`.split(/\s+/);

addErrorMessages({ ...authMessages, ...accountMessages });
const say = (code: string, status = 400) => describeError(new ApiError({ kind: 'http', status, code, message: 'SERVER WORDS' }));

describe('codes of GoTrue', () => {
  it.each(gotrue)('%s is a sentence for people', (code) => {
    expect(say(code)).toMatch(/^[A-Z].*[.!]$/);
    expect(say(code)).not.toContain('SERVER WORDS');
  });

  it('never tell whether an account exists', () => {
    expect(say('invalid_credentials')).toMatch(/address or password/);
  });
});

it('what is too large is not called a picture everywhere', () => {
  expect(say('body_too_large', 413)).toBe('That is too large.');
});

describe('a refused password', () => {
  it.each([
    [['pwned'], /attackers/],
    [['length'], /longer/],
    [['length', 'pwned'], /attackers/],
    [[], /longer/],
  ])('for %j', (reasons, words) => {
    const error = errorFromBody(422, { code: 'weak_password', message: '', weak_password: { reasons } });
    expect(describeError(error)).toMatch(words);
  });
});

describe('too many tries', () => {
  it.each([['64', '64 seconds'], ['900', '15 minutes'], [undefined, 'a minute']])('with Retry-After %s', (retryAfter, words) => {
    expect(describeError(errorFromBody(429, { code: 'over_request_rate_limit', message: '' }, retryAfter))).toContain(words);
  });
});
