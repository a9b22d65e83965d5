import { Cross, Ring } from '@tt/ui/illustrations';
import { messages } from './messages';

const { stages } = messages;

interface StageProps {
  x: number;
  y: number;
  label: string;
  /** Where the label stands from the ring: clear of the arrow. */
  dx: number;
  dy: number;
  anchor?: 'start' | 'end';
}

function Stage({ x, y, label, dx, dy, anchor = 'start' }: StageProps) {
  return (
    <g className="text-on-board">
      <circle cx={x} cy={y} r="13" className="fill-board" />
      <Ring x={x} y={y} r={13} />
      <text x={x + dx} y={y + dy} textAnchor={anchor} className="fill-on-board text-[19px] font-semibold">{label}</text>
    </g>
  );
}

/** The brand's promise as a drawing: past the obstacles, stage by stage, upwards. */
export function HeroBoard({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 560 560" role="img" aria-label={messages.boardLabel} className={className} fill="none">
      <rect width="560" height="560" rx="36" className="fill-board" />
      <g className="stroke-board-line" strokeWidth="2">
        <rect x="28" y="28" width="504" height="504" rx="18" />
        <path d="M28 280h504" />
        <circle cx="280" cy="280" r="76" />
        <path d="M178 28v70a18 18 0 0 0 18 18h168a18 18 0 0 0 18-18V28M178 532v-70a18 18 0 0 1 18-18h168a18 18 0 0 1 18 18v70" />
      </g>
      <g className="text-on-board-muted">
        <Cross x={214} y={398} />
        <Cross x={404} y={348} />
        <Cross x={152} y={226} />
        <Cross x={330} y={170} />
        <Cross x={236} y={84} />
      </g>
      <g className="stroke-on-board-muted" strokeWidth="3" strokeLinecap="round" strokeDasharray="1 10">
        <path d="M104 452c8-60 10-104 36-132" />
        <path d="M330 404c54-8 96-30 130-76" />
        <path d="M214 258c-40-46-66-84-64-140" />
      </g>
      <g className="stroke-marker" strokeWidth="6" strokeLinecap="round" strokeLinejoin="round">
        <path d="M122 462c58 24 124 8 172-32M312 402c6-60-30-104-84-124M234 254c48-28 100-20 146-32" />
        <path d="M404 204c34-22 46-62 42-112m-19 20 19-22 21 20" />
      </g>
      <Stage x={98} y={466} dx={-14} dy={44} label={stages.visitor} />
      <Stage x={308} y={420} dx={24} dy={24} label={stages.subscriber} />
      <Stage x={216} y={268} dx={-26} dy={7} label={stages.customer} anchor="end" />
      <Stage x={394} y={214} dx={26} dy={12} label={stages.fan} />
    </svg>
  );
}
