import { Button, ButtonLink } from '@tt/ui/button';
import { OffBoard } from '@tt/ui/illustrations';
import { Container } from '@tt/ui/layout';
import { useRouteError } from 'react-router';
import { messages } from './messages';

/** A page's chunk is gone after a deployment: browsers word that in three ways. */
const MISSING_CHUNK = /dynamically imported module|Importing a module script failed|error loading dynamically/i;

export function CrashPage() {
  const error = useRouteError();
  const outdated = error instanceof Error && MISSING_CHUNK.test(error.message);
  return (
    <Container width="text" className="py-20 text-center">
      <div role="alert">
        <OffBoard className="mx-auto h-44 text-ink-subtle" />
        <h1 className="mt-8 text-title">{outdated ? messages.newVersionTitle : messages.crashTitle}</h1>
        <p className="mt-4 text-lead text-ink-muted">{outdated ? messages.newVersionText : messages.crashText}</p>
      </div>
      <div className="mt-8 flex flex-wrap justify-center gap-3">
        <Button onClick={() => { window.location.reload(); }}>{messages.reload}</Button>
        <ButtonLink to="/" variant="secondary">{messages.toHome}</ButtonLink>
      </div>
    </Container>
  );
}
