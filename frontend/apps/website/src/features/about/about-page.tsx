import { ButtonLink } from '@tt/ui/button';
import { Container, PageHeading } from '@tt/ui/layout';
import { usePageMeta } from '@tt/ui/page-meta';
import { messages } from './messages';

export function AboutPage() {
  usePageMeta({ title: messages.title, description: messages.description });
  return (
    <>
      <Container className="pt-14 lg:pt-20">
        <PageHeading eyebrow={messages.eyebrow} title={messages.heading} lead={messages.lead} />
        <div className="mt-10 grid max-w-4xl gap-8 text-lg text-ink-muted md:grid-cols-2">
          {messages.body.map((paragraph) => <p key={paragraph}>{paragraph}</p>)}
        </div>
      </Container>
      <section className="mt-18 border-y border-line bg-sunken">
        <Container className="py-16">
          <h2 className="text-title">{messages.principlesTitle}</h2>
          <dl className="mt-9 grid gap-x-14 gap-y-8 sm:grid-cols-2">
            {messages.principles.map((principle) => (
              <div key={principle.title} className="border-t-2 border-ink pt-4">
                <dt className="font-display text-xl font-bold">{principle.title}</dt>
                <dd className="mt-2 text-ink-muted">{principle.text}</dd>
              </div>
            ))}
          </dl>
        </Container>
      </section>
      <Container as="section" className="pt-18">
        <h2 className="text-title">{messages.ctaTitle}</h2>
        <p className="mt-4 max-w-2xl text-lead text-ink-muted">{messages.ctaText}</p>
        <div className="mt-8 flex flex-wrap gap-3">
          <ButtonLink to="/quiz" size="lg">{messages.quiz}</ButtonLink>
          <ButtonLink to="/contact" size="lg" variant="secondary">{messages.contact}</ButtonLink>
        </div>
      </Container>
    </>
  );
}
