import { beforeEach, describe, expect, it } from 'vitest';
import { chooseResumeMs, PositionStore } from './resume-position';

describe('chooseResumeMs', () => {
  it('takes the server position when nothing local is waiting', () => {
    expect(chooseResumeMs(40_000, { positionMs: 10_000, dirty: false }, 100_000)).toBe(40_000);
  });
  it('takes the local position while the server has not heard of it', () => {
    expect(chooseResumeMs(40_000, { positionMs: 55_000, dirty: true }, 100_000)).toBe(55_000);
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
  beforeEach(() => localStorage.clear());

  it('keeps positions apart by user and block', () => {
    new PositionStore('ana').write('b1', { positionMs: 5000, dirty: true });
    expect(new PositionStore('ben').read('b1')).toBeNull();
    expect(new PositionStore('ana').read('b2')).toBeNull();
    expect(new PositionStore('ana').read('b1')).toEqual({ positionMs: 5000, dirty: true });
  });

  it('acknowledges only the position that was sent', () => {
    const store = new PositionStore('ana');
    store.write('b1', { positionMs: 5000, dirty: true });
    store.acknowledge('b1', 4000);
    expect(store.read('b1')?.dirty).toBe(true);
    store.acknowledge('b1', 5000);
    expect(store.read('b1')?.dirty).toBe(false);
  });

  it('survives rubbish and a full storage', () => {
    localStorage.setItem('tt.position.ana.b1', '{');
    const store = new PositionStore('ana');
    expect(store.read('b1')).toBeNull();
    const full = new PositionStore('ana', {
      getItem: () => null,
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    });
    expect(() => full.write('b1', { positionMs: 1, dirty: true })).not.toThrow();
  });
});
