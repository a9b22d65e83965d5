import { ButtonLink } from '@tt/ui/button';
import { OffBoard } from '@tt/ui/illustrations';
import { Container } from '@tt/ui/layout';
import { usePageMeta } from '@tt/ui/page-meta';
import { messages } from './messages';

export function NotFoundPage() {
  usePageMeta({ title: messages.notFoundTitle, noindex: true });
  return (
    <Container width="text" className="py-20 text-center">
      <OffBoard className="mx-auto h-44 text-ink-subtle" />
      <h1 tabIndex={-1} className="mt-8 text-title">{messages.notFoundTitle}</h1>
      <p className="mt-4 text-lead text-ink-muted">{messages.notFoundText}</p>
      <div className="mt-8 flex flex-wrap justify-center gap-3">
        <ButtonLink to="/courses">{messages.toCourses}</ButtonLink>
        <ButtonLink to="/" variant="secondary">{messages.toHome}</ButtonLink>
      </div>
    </Container>
  );
}
