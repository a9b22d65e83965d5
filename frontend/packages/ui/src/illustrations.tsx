/**
 * The brand's drawing language: a tactics board. Rings are our side, crosses are obstacles, dashes the plan,
 * and one solid arrow the play that works.
 */
interface DrawingProps {
  className?: string;
}

export function Ring({ x, y, r = 11 }: { x: number; y: number; r?: number }) {
  return <circle cx={x} cy={y} r={r} fill="none" stroke="currentColor" strokeWidth="3.5" />;
}

export function Cross({ x, y, s = 9 }: { x: number; y: number; s?: number }) {
  const d = `M${String(x - s)} ${String(y - s)}l${String(2 * s)} ${String(2 * s)}m0 ${String(-2 * s)}l${String(-2 * s)} ${String(2 * s)}`;
  return <path d={d} fill="none" stroke="currentColor" strokeWidth="3.5" strokeLinecap="round" />;
}

/** Small mark for empty and error states: a play that waits, or one that was stopped. */
export function BoardMark({ mood, className }: DrawingProps & { mood: 'calm' | 'broken' }) {
  return (
    <svg viewBox="0 0 140 64" className={className} aria-hidden="true" fill="none">
      <Ring x={18} y={44} />
      <path d="M34 40C56 32 62 20 84 20" stroke="currentColor" strokeWidth="3.5" strokeLinecap="round" strokeDasharray="2 9" />
      {mood === 'calm' ? <Ring x={104} y={20} r={9} /> : <Cross x={104} y={20} />}
      <path d="M118 54h-12" stroke="currentColor" strokeWidth="3.5" strokeLinecap="round" />
    </svg>
  );
}

/** For 404 and crash pages: the arrow that ran off the board. */
export function OffBoard({ className }: DrawingProps) {
  return (
    <svg viewBox="0 0 320 180" className={`max-w-full ${className ?? ''}`} aria-hidden="true" fill="none">
      <rect x="2" y="22" width="236" height="156" rx="18" className="fill-board" />
      <path d="M120 22v156M2 100h236" className="stroke-board-line" strokeWidth="2" />
      <circle cx="120" cy="100" r="30" className="stroke-board-line" strokeWidth="2" />
      <g className="text-on-board-muted">
        <Ring x={52} y={140} />
        <Cross x={100} y={62} />
        <Cross x={182} y={128} />
      </g>
      <path d="M68 132c34-14 40-66 86-66 40 0 62 8 92-8" className="stroke-marker" strokeWidth="4.5" strokeLinecap="round" />
      <path d="M258 50c14-9 24-18 36-34" stroke="currentColor" strokeWidth="4.5" strokeLinecap="round" strokeDasharray="2 11" />
      <path d="m282 14 14-1-1 14" stroke="currentColor" strokeWidth="4.5" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

/** A tall panel beside forms: one step after the other, upwards. */
export function TallBoard({ className }: DrawingProps) {
  return (
    <svg viewBox="0 0 400 520" preserveAspectRatio="xMidYMid slice" className={className} aria-hidden="true" fill="none">
      <rect x="-400" y="-400" width="1200" height="1320" className="fill-board" />
      <g className="stroke-board-line" strokeWidth="2">
        <path d="M-400 260h1200" />
        <circle cx="200" cy="260" r="66" />
        <path d="M110 -400V-20a18 18 0 0 0 18 18h144a18 18 0 0 0 18-18v-380M110 920V540a18 18 0 0 1 18-18h144a18 18 0 0 1 18 18v380" />
      </g>
      <g className="text-on-board-muted">
        <Cross x={84} y={312} s={11} />
        <Cross x={288} y={300} s={11} />
        <Cross x={136} y={166} s={11} />
        <Cross x={232} y={84} s={11} />
      </g>
      <path d="M116 430c84 12 146-30 148-102" className="stroke-on-board-muted" strokeWidth="3.5" strokeLinecap="round" strokeDasharray="1 11" />
      <path d="M92 408c4-96 124-58 128-142 3-62 96-58 94-144m-22 22 22-24 23 22" className="stroke-marker" strokeWidth="7" strokeLinecap="round" strokeLinejoin="round" />
      <g className="text-on-board">
        <Ring x={90} y={426} r={15} />
      </g>
      <circle cx="220" cy="262" r="12" className="fill-marker" />
    </svg>
  );
}
