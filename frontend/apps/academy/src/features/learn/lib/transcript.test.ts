import { describe, expect, it } from 'vitest';
import { activeCueIndex, parseTimestamp, parseVtt, searchCues } from './transcript';

const VTT = `\uFEFFWEBVTT - a title\r
\r
NOTE written by hand\r
\r
1\r
00:00:01.000 --> 00:00:04.000 align:start\r
<v Ana>Hello &amp; welcome\r
to the course.\r
\r
00:05.500 --> 00:08.000\r
Café talk\r
\r
00:09.000 --> 00:08.000\r
runs backwards\r
`;

describe('parseTimestamp', () => {
  it.each([
    ['00:00:01.000', 1000],
    ['01:02.500', 62_500],
    ['10:00:00,250', 36_000_250],
    ['1.5', null],
    ['later', null],
  ])('%s → %s', (text, expected) => {
    expect(parseTimestamp(text)).toBe(expected);
  });
});

describe('parseVtt', () => {
  it('reads cues with identifiers, settings, tags and entities, and skips notes and broken times', () => {
    expect(parseVtt(VTT)).toEqual([
      { startMs: 1000, endMs: 4000, text: 'Hello & welcome to the course.' },
      { startMs: 5500, endMs: 8000, text: 'Café talk' },
    ]);
  });

  it('reads SRT', () => {
    expect(parseVtt('1\n00:00:01,000 --> 00:00:02,000\nHi\n')).toEqual([
      { startMs: 1000, endMs: 2000, text: 'Hi' },
    ]);
  });

  it('gives nothing for nonsense', () => {
    expect(parseVtt('<html>not found</html>')).toEqual([]);
  });
});

describe('activeCueIndex', () => {
  const cues = parseVtt(VTT);
  it.each([
    [0, -1],
    [1000, 0],
    [4500, 0],
    [5500, 1],
    [999_999, 1],
  ])('at %d ms → %d', (position, expected) => {
    expect(activeCueIndex(cues, position)).toBe(expected);
  });
});

describe('searchCues', () => {
  const cues = parseVtt(VTT);
  it('ignores case and accents', () => {
    expect(searchCues(cues, 'CAFE')).toEqual([1]);
  });
  it('shows everything for an empty search', () => {
    expect(searchCues(cues, '  ')).toEqual([0, 1]);
  });
});
