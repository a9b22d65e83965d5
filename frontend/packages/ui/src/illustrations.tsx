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
