import { describe, expect, it } from 'vitest';
import { describeScopes } from '../api-keys/scopes';
import { toInstant, toLocalField } from '../admin/audit-search';
import { bannedUntil } from '../admin/person';
import { deviceName } from './device-name';
import { pictureProblem } from './picture';
import { codesText, readable } from './recovery-codes';

describe('recovery codes', () => {
  it('are written so that they can be read off paper', () => {
    expect(readable('abcdefgh23456789')).toBe('abcd-efgh-2345-6789');
  });

  it('say on paper whose they are and when they were made', () => {
    const text = codesText('ada@example.com', ['abcdefgh23456789', 'zzzzyyyyxxxxwwww'], new Date('2026-11-22T12:00:00Z'));
    expect(text.split('\n')).toEqual([
      'TrendTactics recovery codes for ada@example.com, made 22 November 2026',
      '',
      'abcd-efgh-2345-6789',
      'zzzz-yyyy-xxxx-wwww',
      '',
    ]);
  });
});

describe('names of devices', () => {
  it.each([
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36', 'Chrome on Windows'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0', 'Edge on Windows'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1', 'Safari on iPhone'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0', 'Firefox on Linux'],
    ['Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36', 'Chrome on Android'],
    ['curl/8.5.0', 'curl'],
    [null, 'Unknown device'],
  ])('%s → %s', (agent, name) => {
    expect(deviceName(agent)).toBe(name);
  });
});

describe('pictures', () => {
  it.each([
    ['image/png', 1000, null],
    ['image/svg+xml', 1000, /PNG, JPEG/],
    ['image/jpeg', 6_000_000, /too large/],
  ])('%s of %d bytes', (type, size, problem) => {
    const found = pictureProblem({ type, size });
    if (problem) expect(found).toMatch(problem);
    else expect(found).toBeNull();
  });
});

it('scopes are said in words', () => {
  expect(describeScopes(['courses:read', 'courses:write', '*:read', 'odd:read'])).toBe('Courses: Read, Change; Everything: Read; odd: Read');
});

it('times of a search survive the way into the address and back', () => {
  const instant = toInstant('2026-11-22T08:30');
  expect(toLocalField(instant)).toBe('2026-11-22T08:30');
  expect(toInstant('')).toBe('');
  expect(toLocalField('')).toBe('');
  expect(toLocalField('yesterday')).toBe('');
});

it('a suspension that has run out is none', () => {
  const at = (banned_until: string | null) => bannedUntil({ banned_until } as never, Date.parse('2026-11-22T00:00:00Z'));
  expect(at('2026-11-23T00:00:00Z')).toBe('2026-11-23T00:00:00Z');
  expect(at('2026-11-21T00:00:00Z')).toBeNull();
  expect(at(null)).toBeNull();
});
