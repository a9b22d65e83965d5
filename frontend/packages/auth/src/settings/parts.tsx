import { describeError } from '@tt/api-client/error-messages';
import { Alert } from '@tt/ui/alert';
import { Button } from '@tt/ui/button';
import { PageHeading } from '@tt/ui/layout';
import { usePageMeta } from '@tt/ui/page-meta';
import { LoadingPanel } from '@tt/ui/spinner';
import { ErrorState } from '@tt/ui/states';
import type { InfiniteData, UseInfiniteQueryResult, UseQueryResult } from '@tanstack/react-query';
import { useId, type ReactNode } from 'react';
import { messages } from './messages';
import '../error-texts';

/** One page of the settings: its name, what it is for, and its sections. */
export function SettingsPage({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  usePageMeta({ title, noindex: true });
  return (
    <>
      <PageHeading title={title} lead={lead} />
      <div className="mt-8 divide-y divide-line border-t border-line">{children}</div>
    </>
  );
}

interface SectionProps {
  title: string;
  text?: ReactNode;
  /** Beside the heading: whether it is on. */
  state?: ReactNode;
  children?: ReactNode;
}

export function Section({ title, text, state, children }: SectionProps) {
  const heading = useId();
  return (
    <section aria-labelledby={heading} className="py-9">
      <div className="flex flex-wrap items-center gap-3">
        <h2 id={heading} className="text-heading">{title}</h2>
        {state}
      </div>
      {text && <p className="mt-1.5 max-w-2xl text-ink-muted">{text}</p>}
      {children && <div className="mt-5 max-w-2xl">{children}</div>}
    </section>
  );
}

interface LoadedProps<T> {
  query: UseQueryResult<T>;
  /** The page has no name of its own before it has arrived. */
  isPage?: boolean;
  children: (data: T) => ReactNode;
}

/** Every list of the settings arrives the same way: on its way, not to be had, or there. */
export function Loaded<T>({ query, isPage = false, children }: LoadedProps<T>) {
  const { data, error, refetch } = query;
  if (data !== undefined) return children(data);
  if (!error) return <LoadingPanel label={messages.loading} />;
  return <ErrorState title={messages.loadFailed} heading={isPage ? 'h1' : 'h2'} message={describeError(error)} onRetry={() => void refetch()} />;
}

interface LoadedPagesProps<T> {
  query: UseInfiniteQueryResult<InfiniteData<{ items: T[] }>>;
  /** What the button says that brings the next page. */
  more: string;
  children: (items: T[]) => ReactNode;
}

/** The same for a list that comes in pages; what is there stays when the next page does not come. */
export function LoadedPages<T>({ query, more, children }: LoadedPagesProps<T>) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = query;
  if (!data) {
    if (!error) return <LoadingPanel label={messages.loading} />;
    return <ErrorState title={messages.loadFailed} message={describeError(error)} onRetry={() => void refetch()} />;
  }
  return (
    <>
      {children(data.pages.flatMap(({ items }) => items))}
      {error && <Alert tone="danger" title={messages.loadFailed} className="mt-4">{describeError(error)}</Alert>}
      {hasNextPage && <Button variant="secondary" className="mt-4" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>{more}</Button>}
    </>
  );
}

interface RowProps {
  title: ReactNode;
  text?: ReactNode;
  badge?: ReactNode;
  actions?: ReactNode;
}

/** One thing in a list, with what can be done to it. */
export function Row({ title, text, badge, actions }: RowProps) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3.5">
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 font-semibold [overflow-wrap:anywhere]">{title}{badge}</p>
        {text && <p className="text-sm text-ink-muted [overflow-wrap:anywhere]">{text}</p>}
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </li>
  );
}

export function Rows({ label, children }: { label: string; children: ReactNode }) {
  return <ul aria-label={label} className="divide-y divide-line rounded-card border border-line bg-surface px-5">{children}</ul>;
}
