import { describe, expect, it } from 'vitest';
import { formatBytes } from '@tt/ui/format';
import { clockText, spokenTime } from './format-time';

describe('formatBytes', () => {
  it.each([
    [0, '0 byte'],
    [999, '999 byte'],
    [1400, '1.4 kB'],
    [16_111_553, '16 MB'],
  ])('%d → %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe('times', () => {
  it.each([
    [0, '0:00', '0 seconds'],
    [61_000, '1:01', '1 minute 1 second'],
    [3_723_000, '1:02:03', '1 hour 2 minutes 3 seconds'],
  ])('%d → %s', (ms, clock, spoken) => {
    expect(clockText(ms)).toBe(clock);
    expect(spokenTime(ms)).toBe(spoken);
  });
});
