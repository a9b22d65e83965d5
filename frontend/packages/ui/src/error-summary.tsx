import { useEffect, useRef } from 'react';
import { messages } from './messages';

export interface FormProblem {
  /** id of the control to jump to. */
  field: string;
  message: string;
}

interface ErrorSummaryProps {
  problems: FormProblem[];
  /** Takes the focus each time this number grows: once per refused submit, not per keystroke. */
  submitCount: number;
}

/** What is wrong with the form, at its top, with a link to each field. */
export function ErrorSummary({ problems, submitCount }: ErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null);
  const visible = problems.length > 0;
  useEffect(() => {
    if (visible && submitCount > 0) box.current?.focus();
  }, [submitCount, visible]);
  if (!visible) return null;
  return (
    <div ref={box} tabIndex={-1} role="alert" className="rounded-control border-2 border-danger bg-danger-soft px-4 py-3 text-danger">
      <p className="font-semibold">{messages.errorSummary(problems.length)}</p>
      <ul className="mt-1 list-disc pl-5">
        {problems.map((problem) => (
          <li key={problem.field}>
            <a href={`#${problem.field}`} className="underline" onClick={(event) => jumpTo(event, problem.field)}>
              {problem.message}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

function jumpTo(event: React.MouseEvent, field: string): void {
  event.preventDefault();
  document.getElementById(field)?.focus();
}
