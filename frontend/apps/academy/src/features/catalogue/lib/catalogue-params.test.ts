import { describe, expect, it } from 'vitest';
import { activeFilterCount, readParams, toQuery, writeParams } from './catalogue-params';

const read = (search: string) => readParams(new URLSearchParams(search));

describe('catalogue address', () => {
  it('survives the round trip', () => {
    const search = 'q=video+basics&level=beginner&language=en&price=free&sort=title';
    expect(writeParams(read(search)).toString()).toBe(search);
  });

  it('leaves defaults out', () => {
    expect(writeParams(read('')).toString()).toBe('');
    expect(writeParams(read('sort=newest')).toString()).toBe('');
    expect(writeParams(read('q=x&sort=relevance')).toString()).toBe('q=x');
  });

  it('sorts by relevance only when there are words', () => {
    expect(read('').sort).toBe('newest');
    expect(read('q=x').sort).toBe('relevance');
    expect(read('q=x&sort=nonsense').sort).toBe('relevance');
  });

  it('sends no empty filters', () => {
    expect(toQuery(read('level=beginner'))).toMatchObject({ level: 'beginner', q: undefined, price: undefined });
  });

  it('counts the filters in use', () => {
    expect(activeFilterCount(read('level=a&price=free&q=x'))).toBe(2);
  });
});
