import { describe, expect, it } from 'vitest';
import type { AttemptItem, QuizResponse } from '@tt/api-client/quiz-attempts';
import { isAnswered, looksNumeric, sameResponse, toggleOption, unansweredNumbers } from './answers';

describe('isAnswered', () => {
  it.each<[QuizResponse | null, boolean]>([
    [null, false],
    [{ option: 'a' }, true],
    [{ options: [] }, false],
    [{ options: ['a'] }, true],
    [{ value: ' ' }, false],
    [{ value: '0' }, true],
    [{ text: '' }, false],
    [{ text: 'Paris' }, true],
  ])('%j → %s', (response, expected) => {
    expect(isAnswered(response)).toBe(expected);
  });
});

describe('toggleOption', () => {
  const options = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
  it('keeps the order of the paper', () => {
    expect(toggleOption(options, ['c'], 'a')).toEqual(['a', 'c']);
    expect(toggleOption(options, ['a', 'c'], 'c')).toEqual(['a']);
  });
});

describe('unansweredNumbers', () => {
  it('counts from one in the order shown', () => {
    const items = [{ slot: 7 }, { slot: 3 }, { slot: 9 }] as AttemptItem[];
    const responses = new Map<number, QuizResponse>([[3, { option: 'x' }]]);
    expect(unansweredNumbers(items, (slot) => responses.get(slot) ?? null)).toEqual([1, 3]);
  });
});

describe('sameResponse', () => {
  it('compares by content', () => {
    expect(sameResponse({ options: ['a'] }, { options: ['a'] })).toBe(true);
    expect(sameResponse({ option: 'a' }, null)).toBe(false);
  });
});

describe('looksNumeric', () => {
  it.each(['', '3', '-3,5', '3.5', '1e-3', '.5', '12 %', '1,234.5', '1 234,5', "1'000"])('accepts "%s"', (text) => {
    expect(looksNumeric(text)).toBe(true);
  });
  it.each(['abc', '3 apples', '1..2', '--1'])('hints at "%s"', (text) => {
    expect(looksNumeric(text)).toBe(false);
  });
});
