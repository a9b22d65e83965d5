import { describe, expect, it } from 'vitest';
import { attemptsLeft } from './rules';

describe('attemptsLeft', () => {
  it.each([
    [0, 5, null],
    [null, 5, null],
    [3, 1, 2],
    [3, 4, 0],
  ])('%s allowed, %d used → %s', (max_attempts, attempts_used, left) => {
    expect(attemptsLeft({ max_attempts, attempts_used })).toBe(left);
  });
});
