import type { Factor } from '@tt/api-client/auth';

export type Step = 'totp' | 'webauthn' | 'recovery';

export function verified(factors: Factor[], kind: string): Factor[] {
  return factors.filter((factor) => factor.status === 'verified' && factor.factor_type === kind);
}

/** The ways this account can prove itself, the quickest first. */
export function stepsFor(factors: Factor[]): Step[] {
  const kinds: Step[] = ['totp', 'webauthn'];
  return [...kinds.filter((kind) => verified(factors, kind).length > 0), 'recovery'];
}

export function firstStep(factors: Factor[]): Step {
  return stepsFor(factors)[0] ?? 'recovery';
}
