import { beforeEach, describe, expect, it } from 'vitest';
import { chooseResumeMs, PositionStore } from './resume-position';

describe('chooseResumeMs', () => {
  it('takes the local position while the server has heard nothing newer', () => {
    expect(chooseResumeMs(40_000, { positionMs: 55_000, serverMs: 40_000 }, 100_000)).toBe(55_000);
    expect(chooseResumeMs(null, { positionMs: 55_000, serverMs: null }, 100_000)).toBe(55_000);
  });
  it('takes the server position when another device moved on', () => {
    expect(chooseResumeMs(70_000, { positionMs: 55_000, serverMs: 40_000 }, 100_000)).toBe(70_000);
  });
  it('takes the server position in a browser that never played this', () => {
    expect(chooseResumeMs(70_000, null, 100_000)).toBe(70_000);
  });
  it('starts over at the end and at the very beginning', () => {
    expect(chooseResumeMs(98_000, null, 100_000)).toBe(0);
    expect(chooseResumeMs(1200, null, 100_000)).toBe(0);
  });
  it('works without a known duration', () => {
    expect(chooseResumeMs(98_000, null, null)).toBe(98_000);
    expect(chooseResumeMs(null, null, null)).toBe(0);
  });
});

describe('PositionStore', () => {
  beforeEach(() => { localStorage.clear(); });

  it('keeps positions apart by user and block', () => {
    new PositionStore('ana').write('b1', { positionMs: 5000, serverMs: null });
    expect(new PositionStore('ben').read('b1')).toBeNull();
    expect(new PositionStore('ana').read('b2')).toBeNull();
    expect(new PositionStore('ana').read('b1')).toEqual({ positionMs: 5000, serverMs: null });
  });

  it('survives rubbish and a full storage', () => {
    localStorage.setItem('tt.position.ana.b1', '{');
    expect(new PositionStore('ana').read('b1')).toBeNull();
    const full = new PositionStore('ana', {
      getItem: () => null,
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    });
    expect(() => { full.write('b1', { positionMs: 1, serverMs: null }); }).not.toThrow();
  });
});
