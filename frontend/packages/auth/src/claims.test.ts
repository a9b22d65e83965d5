import { describe, expect, it } from 'vitest';
import { claimsOf } from './claims';
import { personOf } from './session';
import { withExpiry } from './storage';
import { sessionWith, tokenWith } from './testing/sessions';
import { fromBase64Url, toBase64Url } from './webauthn';

describe('what a token says', () => {
  it('is read, and other claims are left alone', () => {
    expect(claimsOf(tokenWith({ aal: 'aal2', act: { sub: 'admin-1' }, custom: 1 }))).toEqual({ aal: 'aal2', act: { sub: 'admin-1' } });
  });

  it.each(['', 'opaque', 'a.b.c', 'a.bnVsbA.c'])('is nothing when it is none: %s', (token) => {
    expect(claimsOf(token)).toEqual({});
  });

  it('decides about roles: one that is withheld does not count', () => {
    const session = sessionWith({ app_metadata: { roles: [], mfa_required: 'enroll' } }, { app_metadata: { roles: ['admin'] } });
    expect(personOf(withExpiry(session))?.roles).toEqual([]);
  });
});

it('bytes survive the way into JSON and back', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  expect(toBase64Url(bytes.buffer)).not.toMatch(/[+/=]/);
  expect(new Uint8Array(fromBase64Url(toBase64Url(bytes.buffer)))).toEqual(bytes);
});
