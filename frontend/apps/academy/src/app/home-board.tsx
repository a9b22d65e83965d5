import { Cross, Ring } from '@tt/ui/illustrations';

/** The drawing of the home page: lessons as positions, the learner's way through them as the play. */
export function HomeBoard({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 460 360" className={className} aria-hidden="true" fill="none">
      <g className="stroke-board-line" strokeWidth="2.5">
        <rect x="20" y="20" width="420" height="320" rx="22" />
        <path d="M230 20v320" />
        <circle cx="230" cy="180" r="52" />
        <path d="M20 110h62v140H20M440 110h-62v140h62" />
      </g>
      <g className="text-on-board-muted">
        <Cross x={150} y={112} s={11} />
        <Cross x={256} y={232} s={11} />
        <Cross x={318} y={126} s={11} />
        <Cross x={196} y={268} s={11} />
      </g>
      <path className="stroke-on-board" strokeWidth="4" strokeLinecap="round" strokeDasharray="2 13" d="M72 286C110 190 96 92 176 70" />
      <path className="stroke-marker" strokeWidth="7" strokeLinecap="round" strokeLinejoin="round" d="M196 66C300 52 250 196 306 214S392 160 402 92m-22 16 23-19 15 26" />
      <g className="text-on-board">
        <Ring x={64} y={300} r={16} />
        <Ring x={184} y={68} r={13} />
      </g>
      <circle cx="298" cy="210" r="13" className="fill-marker" />
    </svg>
  );
}
