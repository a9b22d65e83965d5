import { describe, expect, it } from 'vitest';
import { uuidV7 } from './uuid-v7';

describe('uuidV7', () => {
  it('has version 7, the RFC variant and the time in front', () => {
    const id = uuidV7(1_790_000_000_123);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(1_790_000_000_123);
  });

  it('sorts by time and does not repeat', () => {
    expect(uuidV7(1000) < uuidV7(2000)).toBe(true);
    expect(new Set(Array.from({ length: 500 }, () => uuidV7(5))).size).toBe(500);
  });
});
