import { ButtonLink } from '@tt/ui/button';
import { Container, PageHeading } from '@tt/ui/layout';
import { usePageMeta } from '@tt/ui/page-meta';
import { TextLink } from '@tt/ui/text-link';
import { messages, services } from './messages';

export function ServicesPage() {
  usePageMeta({ title: messages.title, description: messages.description });
  return (
    <>
      <Container className="pt-14 lg:pt-20">
        <PageHeading eyebrow={messages.eyebrow} title={messages.heading} lead={messages.lead} />
        <ul className="mt-14">
          {services.map((service) => <ServiceRow key={service.key} service={service} />)}
        </ul>
      </Container>
      <Container as="section" className="pt-18">
        <h2 className="text-title">{messages.processTitle}</h2>
        <ol className="mt-9 grid gap-8 md:grid-cols-3">
          {messages.process.map((step, index) => (
            <li key={step.title} className="rounded-card border border-line bg-surface p-7">
              <p aria-hidden="true" className="font-display text-4xl font-bold text-accent">{index + 1}</p>
              <h3 className="mt-3 text-xl">{step.title}</h3>
              <p className="mt-2 text-ink-muted">{step.text}</p>
            </li>
          ))}
        </ol>
        <div className="mt-14 flex flex-wrap items-center justify-between gap-6 rounded-card bg-accent-soft px-8 py-8 text-on-accent-soft">
          <h2 className="text-heading">{messages.ctaTitle}</h2>
          <ButtonLink to="/contact" size="lg">{messages.cta}</ButtonLink>
        </div>
      </Container>
    </>
  );
}

function ServiceRow({ service }: { service: (typeof services)[number] }) {
  return (
    <li className="grid gap-x-12 gap-y-5 border-t border-line py-10 lg:grid-cols-[1.1fr_1fr_1fr]">
      <h2 id={service.key} className="text-heading">{service.title}</h2>
      <div>
        <p className="text-sm font-semibold text-ink-subtle">{messages.fits}</p>
        <p className="mt-1.5 text-lg">{service.fits}</p>
        <p className="mt-4">
          <TextLink to={`/contact?subject=${encodeURIComponent(service.title)}`} aria-label={`${messages.contact}: ${service.title}`}>
            {messages.contact}
          </TextLink>
        </p>
      </div>
      <div>
        <p className="text-sm font-semibold text-ink-subtle">{messages.youGet}</p>
        <ul className="mt-1.5 space-y-2">
          {service.result.map((item) => (
            <li key={item} className="flex gap-3">
              <span aria-hidden="true" className="mt-1.5 size-3 shrink-0 rounded-full border-[3px] border-accent" />
              {item}
            </li>
          ))}
        </ul>
      </div>
    </li>
  );
}
