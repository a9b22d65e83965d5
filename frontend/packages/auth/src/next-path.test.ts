import { describe, expect, it } from 'vitest';
import { safeNextPath } from './next-path';

describe('the way back after signing in', () => {
  it.each(['/account', '/quiz/result/x?y=1', '/courses/a#b'])('goes to %s', (path) => {
    expect(safeNextPath(path)).toBe(path);
  });

  it.each([null, '', 'https://evil.example', '//evil.example', '/\\evil.example', '/\t/evil.example', '/\n//evil.example', 'javascript:alert(1)'])('never goes to %s', (path) => {
    expect(safeNextPath(path, '/home')).toBe('/home');
  });
});
