import type { ReactNode } from 'react';
import { useRouteError } from 'react-router';
import { Button } from './button';
import { OffBoard } from './illustrations';
import { Container } from './layout';
import { usePageMeta } from './page-meta';

interface StatusPageProps {
  title: string;
  text: string;
  /** What to do next: buttons and links. */
  actions: ReactNode;
}

function StatusPage({ title, text, actions }: StatusPageProps) {
  return (
    <Container width="text" className="py-20 text-center">
      <OffBoard className="mx-auto h-44 text-ink-subtle" />
      <h1 tabIndex={-1} className="mt-8 text-title">{title}</h1>
      <p className="mt-4 text-lead text-ink-muted">{text}</p>
      <div className="mt-8 flex flex-wrap justify-center gap-3">{actions}</div>
    </Container>
  );
}

export function NotFound(props: StatusPageProps) {
  usePageMeta({ title: props.title, noindex: true });
  return <StatusPage {...props} />;
}

/** A page's chunk is gone after a deployment: browsers word that in three ways. */
const MISSING_CHUNK = /dynamically imported module|Importing a module script failed|error loading dynamically/i;

interface CrashProps extends StatusPageProps {
  outdated: { title: string; text: string };
  reload: string;
}

/** The router's error boundary: a bug in the page, or a page that a new version has replaced. */
export function Crash({ title, text, outdated, reload, actions }: CrashProps) {
  const error = useRouteError();
  const words = error instanceof Error && MISSING_CHUNK.test(error.message) ? outdated : { title, text };
  const buttons = (
    <>
      <Button onClick={() => { window.location.reload(); }}>{reload}</Button>
      {actions}
    </>
  );
  return <div role="alert"><StatusPage {...words} actions={buttons} /></div>;
}
