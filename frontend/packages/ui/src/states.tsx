import type { ReactNode } from 'react';
import { Button } from './button';
import { cx } from './cx';
import { BoardMark } from './illustrations';
import { messages } from './messages';

interface StateProps {
  title: string;
  /** `h1` where the state is the whole page. */
  heading?: 'h1' | 'h2' | undefined;
  children?: ReactNode;
  actions?: ReactNode;
  className?: string;
}

function StatePanel({ title, heading: Heading = 'h2', children, actions, className, mood }: StateProps & { mood: 'calm' | 'broken' }) {
  return (
    <div className={cx('flex flex-col items-center rounded-card border border-dashed border-line-strong/60 px-6 py-12 text-center', className)}>
      <BoardMark mood={mood} className="mb-5 h-16 text-ink-subtle" />
      <Heading className="text-xl">{title}</Heading>
      {children && <div className="mt-2 max-w-prose text-ink-muted">{children}</div>}
      {actions && <div className="mt-6 flex flex-wrap justify-center gap-3">{actions}</div>}
    </div>
  );
}

/** Nothing here yet: says what would be here and what to do next. */
export function EmptyState(props: StateProps) {
  return <StatePanel {...props} mood="calm" />;
}

interface ErrorStateProps {
  title: string;
  heading?: 'h1' | 'h2' | undefined;
  /** One sentence, from describeError(). */
  message?: string;
  requestId?: string | undefined;
  onRetry?: (() => void) | undefined;
  className?: string;
}

export function ErrorState({ title, heading, message, requestId, onRetry, className }: ErrorStateProps) {
  return (
    <div role="alert">
      <StatePanel
        mood="broken"
        title={title}
        heading={heading}
        actions={onRetry && <Button variant="secondary" onClick={onRetry}>{messages.retry}</Button>}
        {...(className ? { className } : {})}
      >
        {message && <p>{message}</p>}
        {requestId && <p className="mt-2 text-sm text-ink-subtle">{messages.requestId}: <code>{requestId}</code></p>}
      </StatePanel>
    </div>
  );
}
