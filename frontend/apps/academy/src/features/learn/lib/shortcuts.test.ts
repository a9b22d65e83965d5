import { describe, expect, it } from 'vitest';
import { isTyping, nextRate, shortcutAction } from './shortcuts';

const press = (key: string, extra = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...extra });

describe('shortcutAction', () => {
  it('knows letters in either case', () => {
    expect(shortcutAction(press('k'), false)).toEqual({ kind: 'toggle' });
    expect(shortcutAction(press('J'), false)).toEqual({ kind: 'seek', byMs: -10_000 });
  });
  it('leaves space and arrows to the page unless the video has the focus', () => {
    expect(shortcutAction(press(' '), false)).toBeNull();
    expect(shortcutAction(press(' '), true)).toEqual({ kind: 'toggle' });
    expect(shortcutAction(press('ArrowRight'), true)).toEqual({ kind: 'seek', byMs: 5000 });
  });
  it('leaves browser shortcuts alone', () => {
    expect(shortcutAction(press('f', { ctrlKey: true }), true)).toBeNull();
  });
});

describe('isTyping', () => {
  it('is true in text fields only', () => {
    const input = document.createElement('input');
    expect(isTyping(input)).toBe(true);
    input.type = 'range';
    expect(isTyping(input)).toBe(false);
    expect(isTyping(document.createElement('textarea'))).toBe(true);
    expect(isTyping(document.createElement('button'))).toBe(false);
    expect(isTyping(null)).toBe(false);
  });
});

describe('nextRate', () => {
  it('steps and stops at the ends', () => {
    expect(nextRate(1, 1)).toBe(1.25);
    expect(nextRate(1, -1)).toBe(0.75);
    expect(nextRate(2, 1)).toBe(2);
    expect(nextRate(0.5, -1)).toBe(0.5);
  });
});
