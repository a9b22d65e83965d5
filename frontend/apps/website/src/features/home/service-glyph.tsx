import type { ReactNode } from 'react';

const drawings: Record<string, ReactNode> = {
  strategy: (
    <>
      <circle cx="12" cy="36" r="5" />
      <path d="m30 30 8 8m0-8-8 8" />
      <path d="M12 26c0-12 8-16 24-16m-6-6 6 6-6 6" className="stroke-accent" />
    </>
  ),
  content: (
    <>
      <path d="M8 10h18M8 20h12M8 30h9" />
      <circle cx="30" cy="29" r="8.5" className="stroke-accent" />
      <path d="m36.5 35.5 6 6" className="stroke-accent" />
    </>
  ),
  email: (
    <>
      <path d="M6 14h36v24H6z" />
      <path d="m6 15 18 14 18-14" className="stroke-accent" />
      <path d="M16 6h.01M24 6h.01M32 6h.01" />
    </>
  ),
  measure: (
    <>
      <path d="M8 6v34h34" />
      <path d="m14 31 8-9 7 5 12-16m-7-.5 7.5.3-.6 7.4" className="stroke-accent" />
    </>
  ),
};

export function ServiceGlyph({ name, className }: { name: string; className?: string }) {
  return (
    <svg viewBox="0 0 48 48" className={className} aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="3.2" strokeLinecap="round" strokeLinejoin="round">
      {drawings[name]}
    </svg>
  );
}
