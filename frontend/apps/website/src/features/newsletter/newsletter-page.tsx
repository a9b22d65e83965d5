import { Button } from '@tt/ui/button';
import { Container, PageHeading } from '@tt/ui/layout';
import { usePageMeta } from '@tt/ui/page-meta';
import { messages } from './messages';
import { SUBSCRIBE_FIELD } from './newsletter-panel';

/** What the letter is; the form itself is at the end of every page, so of this one, too. */
export function NewsletterPage() {
  usePageMeta({ title: messages.pageTitle, description: messages.pageDescription });
  return (
    <Container className="pt-14 lg:pt-20">
      <PageHeading eyebrow={messages.pageTitle} title={messages.pageHeading} lead={messages.pageLead} />
      <dl className="mt-12 grid gap-x-12 gap-y-8 md:grid-cols-3">
        {messages.promises.map((promise) => (
          <div key={promise.title} className="border-t-2 border-ink pt-4">
            <dt className="font-display text-xl font-bold">{promise.title}</dt>
            <dd className="mt-2 text-ink-muted">{promise.text}</dd>
          </div>
        ))}
      </dl>
      <Button size="lg" className="mt-12" onClick={() => { document.getElementById(SUBSCRIBE_FIELD)?.focus(); }}>
        {messages.enterAddress}
      </Button>
    </Container>
  );
}
