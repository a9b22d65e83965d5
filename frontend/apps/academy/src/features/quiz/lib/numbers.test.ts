import { describe, expect, it } from 'vitest';
import { countdownText, limitText, percentText, pointsText } from './numbers';

describe('numbers of a quiz', () => {
  it('rounds for reading', () => {
    expect(percentText(66.6666)).toBe('66.7 %');
    expect(percentText(100)).toBe('100 %');
    expect(pointsText(0.3333)).toBe('0.33');
  });
  it.each([
    [600, '10 min'],
    [90, '1 min 30 s'],
    [7200, '2 h'],
  ])('limit %d → %s', (seconds, text) => {
    expect(limitText(seconds)).toBe(text);
  });
  it.each([
    [65_000, '1:05'],
    [64_001, '1:05'],
    [0, '0:00'],
    [3_725_000, '1:02:05'],
  ])('countdown %d → %s', (ms, text) => {
    expect(countdownText(ms)).toBe(text);
  });
});
