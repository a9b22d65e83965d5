import { describe, expect, it } from 'vitest';
import { isRetryable, parseRetryAfter, retryDelayMs } from './retry';

describe('retryDelayMs', () => {
  it('doubles with jitter and stops growing at a minute', () => {
    expect(retryDelayMs(1, null, () => 1)).toBe(1000);
    expect(retryDelayMs(3, null, () => 1)).toBe(4000);
    expect(retryDelayMs(3, null, () => 0)).toBe(2000);
    expect(retryDelayMs(30, null, () => 1)).toBe(60_000);
  });
  it('never comes before Retry-After', () => {
    expect(retryDelayMs(1, 30_000, () => 0)).toBe(30_000);
  });
});

describe('parseRetryAfter', () => {
  it('reads seconds and dates', () => {
    expect(parseRetryAfter('7')).toBe(7000);
    expect(parseRetryAfter('Wed, 21 Oct 2026 07:28:00 GMT', Date.UTC(2026, 9, 21, 7, 27, 30))).toBe(30_000);
    expect(parseRetryAfter('soon')).toBeNull();
    expect(parseRetryAfter(null)).toBeNull();
  });
});

describe('isRetryable', () => {
  it.each([
    [null, true],
    [429, true],
    [503, true],
    [400, false],
    [401, false],
    [409, false],
  ])('%s → %s', (status, expected) => {
    expect(isRetryable(status)).toBe(expected);
  });
});
