import { describe, expect, it } from 'vitest';
import { isArrival } from './arrival-fragment';
import { arrivalOf, destinationOf } from './callback';
import { nextOf } from './confirm-page';

describe('what an address brings back', () => {
  it('is a session in the fragment', () => {
    expect(arrivalOf('?next=%2Fa', '#access_token=a&expires_in=900&refresh_token=r&token_type=bearer&type=recovery')).toEqual({
      kind: 'session',
      type: 'recovery',
      accessToken: 'a',
      refreshToken: 'r',
      expiresIn: 900,
    });
  });

  it('is a code, a link’s secret, or half a change of address', () => {
    expect(arrivalOf('?code=c1&next=%2Fa', '')).toEqual({ kind: 'code', code: 'c1' });
    expect(arrivalOf('?token_hash=h&type=signup', '')).toEqual({ kind: 'link', query: '?token_hash=h&type=signup' });
    expect(arrivalOf('', '#message=Confirmation+link+accepted')).toEqual({ kind: 'message' });
  });

  it.each([
    ['', '#error=access_denied&error_code=otp_expired&error_description=Email+link+is+invalid', 'otp_expired'],
    ['?error=server_error&error_code=unexpected_failure', '', 'unexpected_failure'],
    ['?error=access_denied', '', 'access_denied'],
    ['', '', 'otp_expired'],
    ['', '#access_token=only', 'otp_expired'],
  ])('is a failure: %s %s', (search, hash, code) => {
    const arrival = arrivalOf(search, hash);
    expect(arrival.kind === 'error' && arrival.error.code).toBe(code);
  });

  it.each([
    ['#access_token=a', true],
    ['#error=access_denied', true],
    ['#section', false],
    ['#code=x&next=%2F', false],
  ])('sends %s to the page for it: %s', (hash, expected) => {
    expect(isArrival(hash)).toBe(expected);
  });

  it('leads a recovery to the new password, whatever page asked for it', () => {
    expect(destinationOf('recovery', '/courses')).toBe('/reset-password');
    expect(destinationOf('signup', '/courses')).toBe('/courses');
  });
});

describe('the page behind a confirmed link', () => {
  it.each([
    ['http://localhost:3000/session/callback?next=%2Fcourses', '/courses'],
    ['http://localhost:3000/session/callback?next=https%3A%2F%2Fevil.example', '/home'],
    ['https://evil.example/session/callback?next=%2Fcourses', '/home'],
    ['not an address', '/home'],
    [null, '/home'],
  ])('for %s is %s', (redirectTo, path) => {
    expect(nextOf(redirectTo, '/home')).toBe(path);
  });
});
