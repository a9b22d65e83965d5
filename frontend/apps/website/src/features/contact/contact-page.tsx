import { Container, PageHeading } from '@tt/ui/layout';
import { usePageMeta } from '@tt/ui/page-meta';
import { TextLink } from '@tt/ui/text-link';
import { ContactForm } from './contact-form';
import { messages } from './messages';

export function ContactPage() {
  usePageMeta({ title: messages.title, description: messages.description });
  return (
    <Container className="pt-14 lg:pt-20">
      <PageHeading eyebrow={messages.eyebrow} title={messages.heading} lead={messages.lead} />
      <div className="mt-12 grid gap-12 lg:grid-cols-[1.5fr_1fr] lg:gap-20">
        <ContactForm />
        <aside aria-label={messages.asideTitle} className="space-y-7 self-start rounded-card bg-sunken p-8">
          {messages.aside.map((item) => (
            <div key={item.to}>
              <h2 className="text-xl">{item.title}</h2>
              <p className="mt-1.5 text-ink-muted">{item.text}</p>
              <p className="mt-2"><TextLink to={item.to}>{item.link}</TextLink></p>
            </div>
          ))}
        </aside>
      </div>
    </Container>
  );
}
