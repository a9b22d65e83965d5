/** Crosses keep off the start and the goal of the play. */
const CLEARANCE = 30;

/** A drawn cover for courses without a picture: a play on the board, always the same for the same course. */
export function CourseCover({ seed, className }: { seed: string; className?: string }) {
  const random = randomFrom(seed);
  const at = (low: number, high: number) => Math.round(low + random() * (high - low));
  const [x1, y1, x2, y2, x3, y3] = [at(30, 80), at(118, 150), at(120, 190), at(70, 120), at(236, 284), at(32, 64)];
  const isClear = (x: number, y: number) => Math.hypot(x - x1, y - y1) > CLEARANCE && Math.hypot(x - x3, y - y3) > CLEARANCE;
  const crosses = Array.from({ length: 4 }, (_, index) => ({ x: 60 + index * 66 + at(-16, 16), y: at(34, 146) })).filter(
    ({ x, y }) => isClear(x, y),
  );
  return (
    <svg viewBox="0 0 320 180" preserveAspectRatio="xMidYMid slice" className={className} aria-hidden="true" fill="none">
      <rect width="320" height="180" className="fill-board" />
      <g className="stroke-board-line" strokeWidth="2">
        <path d={`M${String(at(130, 190))} 0v180`} />
        <circle cx={at(110, 210)} cy="90" r={at(34, 56)} />
        <rect x="-20" y={at(40, 60)} width="74" height="80" rx="10" />
        <rect x="266" y={at(40, 60)} width="74" height="80" rx="10" />
      </g>
      <g className="stroke-on-board-muted" strokeWidth="3.2" strokeLinecap="round">
        {crosses.map(({ x, y }) => <path key={x} d={`m${String(x - 7)} ${String(y - 7)} 14 14m0-14-14 14`} />)}
      </g>
      <path
        d={`M${String(x1)} ${String(y1)}Q${String(x2 - 60)} ${String(y2 - 40)} ${String(x2)} ${String(y2)}T${String(x3)} ${String(y3)}`}
        className="stroke-marker"
        strokeWidth="5"
        strokeLinecap="round"
      />
      <circle cx={x1} cy={y1} r="9" className="fill-board stroke-on-board" strokeWidth="4" />
      <circle cx={x3} cy={y3} r="9" className="fill-marker" />
    </svg>
  );
}

/** Mulberry32 over a hash of the text: small, and stable across browsers. */
function randomFrom(text: string): () => number {
  let state = 2166136261;
  for (const char of text) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 16777619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
