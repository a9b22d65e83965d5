import { describe, expect, it } from 'vitest';
import { formatDate, formatDuration, formatMoney, plural } from './format';

describe('format', () => {
  it.each([[20, '1 min'], [90, '2 min'], [3600, '1 h'], [5400, '1 h 30 min'], [7199, '2 h']])('writes %d seconds as %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  it.each([[4900, 'EUR', '€49.00'], [4900, 'JPY', 'JP¥4,900'], [1234, 'KWD', 'KWD 1.234']])('writes %d minor units of %s as %s', (amount, currency, text) => {
    expect(formatMoney(amount, currency).replace(/\s/g, ' ')).toBe(text);
  });

  it('writes dates and counts', () => {
    expect(formatDate('2026-11-22T12:00:00Z')).toBe('22 November 2026');
    expect(plural(1, 'lesson', 'lessons')).toBe('1 lesson');
    expect(plural(1200, 'lesson', 'lessons')).toBe('1,200 lessons');
  });
});
