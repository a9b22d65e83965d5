import type { LessonState } from '@tt/api-client/course-schemas';

/** Not started, started, completed: told apart by shape, not by colour alone. The words stand beside it. */
export function StateRing({ state }: { state: LessonState }) {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-accent" fill="none">
      {state === 'completed' ? (
        <>
          <circle cx="10" cy="10" r="8.5" fill="currentColor" />
          <path d="m6.2 10.3 2.6 2.6 5-5.4" stroke="var(--surface)" strokeWidth="2.2" strokeLinecap="round" strokeLinejoin="round" />
        </>
      ) : (
        <>
          <circle cx="10" cy="10" r="7.5" className={state === 'started' ? 'stroke-accent' : 'stroke-line-strong'} strokeWidth="2" />
          {state === 'started' && <path d="M10 2.5a7.5 7.5 0 0 1 0 15z" fill="currentColor" />}
        </>
      )}
    </svg>
  );
}
