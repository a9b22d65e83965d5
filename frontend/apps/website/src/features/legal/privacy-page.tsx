import { Container, PageHeading } from '@tt/ui/layout';
import { usePageMeta } from '@tt/ui/page-meta';
import { TextLink } from '@tt/ui/text-link';
import { messages } from './messages';

export function PrivacyPage() {
  usePageMeta({ title: messages.title, description: messages.description });
  return (
    <Container width="text" className="pt-14 lg:pt-20">
      <PageHeading title={messages.heading} lead={messages.lead} />
      <div className="prose mt-10">
        {messages.sections.map((section) => (
          <section key={section.title}>
            <h2>{section.title}</h2>
            {section.text.map((paragraph) => <p key={paragraph}>{paragraph}</p>)}
          </section>
        ))}
      </div>
      <p className="mt-8"><TextLink to="/contact">{messages.contact}</TextLink></p>
    </Container>
  );
}
