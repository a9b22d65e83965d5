import { describe, expect, it } from 'vitest';
import { crossedMark, remainingMs, ServerClock } from './countdown';

const deadline = '2026-01-01T01:00:00Z';
const at = Date.parse('2026-01-01T00:50:00Z');

describe('remaining time', () => {
  it('follows the server, not a wrong local clock', () => {
    const clock = new ServerClock(() => at + 3_600_000);
    clock.sync('2026-01-01T00:50:00Z');
    expect(remainingMs(deadline, clock)).toBe(600_000);
  });

  it('never goes below zero and ignores an unreadable time', () => {
    const clock = new ServerClock(() => Date.parse('2026-01-01T02:00:00Z'));
    clock.sync('soon');
    expect(remainingMs(deadline, clock)).toBe(0);
  });
});

describe('crossedMark', () => {
  it.each([
    [300_500, 299_900, 300_000],
    [60_400, 59_900, 60_000],
    [299_900, 298_900, null],
    [400_000, 59_000, 60_000],
    [50_000, 49_000, null],
  ])('from %d to %d → %s', (previous, current, expected) => {
    expect(crossedMark(previous, current)).toBe(expected);
  });
});
