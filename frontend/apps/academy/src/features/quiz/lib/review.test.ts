import type { AttemptItem } from '@tt/api-client/quiz-attempts';
import { describe, expect, it } from 'vitest';
import { chosenOptions, keyText, typedText, verdictOf } from './review';

const item = (change: Partial<AttemptItem>) => ({ is_correct: null, response: null, points_awarded: null, ...change }) as AttemptItem;

describe('verdictOf', () => {
  it.each([
    [item({}), 'hidden'],
    [item({ is_correct: true }), 'correct'],
    [item({ is_correct: false }), 'unanswered'],
    [item({ is_correct: false, response: { option: 'a' } }), 'incorrect'],
    [item({ is_correct: false, response: { options: ['a'] }, points_awarded: 0.5 }), 'partly'],
  ] as const)('%#', (given, expected) => {
    expect(verdictOf(given)).toBe(expected);
  });
});

describe('answers and keys in words', () => {
  it('reads chosen options', () => {
    expect(chosenOptions({ option: 'a' })).toEqual(['a']);
    expect(chosenOptions({ options: ['a', 'b'] })).toEqual(['a', 'b']);
    expect(chosenOptions({ text: 'x' })).toEqual([]);
    expect(chosenOptions(null)).toEqual([]);
  });
  it('reads typed answers', () => {
    expect(typedText({ value: '3,5' })).toBe('3,5');
    expect(typedText({ text: 'Paris' })).toBe('Paris');
    expect(typedText({ option: 'a' })).toBeNull();
  });
  it.each([
    ['3.5', '3.5'],
    [{ value: '3.5' }, '3.5'],
    [{ accept: ['Paris', 'paris'] }, 'Paris / paris'],
    [{ answers: [{ value: '1' }, { value: '2' }] }, '1 / 2'],
    [{ regex: ['^a'] }, null],
    [null, null],
  ])('key %j → %s', (key, text) => {
    expect(keyText(key)).toBe(text);
  });
});
