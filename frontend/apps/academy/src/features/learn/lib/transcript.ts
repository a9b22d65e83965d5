/** One line of a transcript with the time at which it is spoken. */
export interface Cue {
  startMs: number;
  endMs: number;
  text: string;
}

const TIMING = /^(\S+)\s+-->\s+(\S+)/;
const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&nbsp;': '\u00a0',
  '&lrm;': '\u200e',
  '&rlm;': '\u200f',
};

/** "01:02:03.400", "02:03.400" and SRT's "01:02:03,400"; null when it is none of these. */
export function parseTimestamp(text: string): number | null {
  const match = /^(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{3})$/.exec(text);
  if (!match) return null;
  const [, hours = '0', minutes = '0', seconds = '0', millis = '0'] = match;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(millis);
}

function plainText(payload: string): string {
  return payload
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:amp|lt|gt|nbsp|lrm|rlm);/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/\s+/g, ' ')
    .trim();
}

/** Reads WebVTT (and SRT, which differs only in the comma). Blocks without a timing line are notes. */
export function parseVtt(source: string): Cue[] {
  const cues: Cue[] = [];
  const blocks = source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n').split(/\n{2,}/);
  for (const block of blocks) {
    const lines = block.split('\n');
    const timingIndex = lines.findIndex((line) => TIMING.test(line));
    const timing = TIMING.exec(lines[timingIndex] ?? '');
    if (!timing) continue;
    const startMs = parseTimestamp(timing[1] ?? '');
    const endMs = parseTimestamp(timing[2] ?? '');
    const text = plainText(lines.slice(timingIndex + 1).join(' '));
    if (startMs === null || endMs === null || endMs <= startMs || text === '') continue;
    cues.push({ startMs, endMs, text });
  }
  return cues.sort((a, b) => a.startMs - b.startMs);
}

/** Index of the line being spoken, or of the last one spoken; -1 before the first. */
export function activeCueIndex(cues: readonly Cue[], positionMs: number): number {
  let low = 0;
  let high = cues.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cues[middle]?.startMs ?? Infinity) <= positionMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Indexes of the lines that contain the text, ignoring case and accents. */
export function searchCues(cues: readonly Cue[], text: string): number[] {
  const needle = fold(text.trim());
  if (needle === '') return cues.map((_, index) => index);
  return cues.flatMap((cue, index) => (fold(cue.text).includes(needle) ? [index] : []));
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
