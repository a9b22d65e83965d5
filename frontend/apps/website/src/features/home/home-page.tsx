import { ButtonLink } from '@tt/ui/button';
import { Container, Eyebrow } from '@tt/ui/layout';
import { usePageMeta } from '@tt/ui/page-meta';
import { TextLink } from '@tt/ui/text-link';
import type { ReactNode } from 'react';
import { Hero } from './hero';
import { messages, services } from './messages';
import { ServiceGlyph } from './service-glyph';

/** Courses and posts belong to other features and are put in by the app. */
export function HomePage({ courses, posts }: { courses: ReactNode; posts: ReactNode }) {
  usePageMeta({ title: messages.title, description: messages.description });
  return (
    <>
      <Hero />
      <Services />
      <Method />
      <QuizCall />
      <Section eyebrow={messages.coursesEyebrow} title={messages.coursesTitle}>{courses}</Section>
      <Section eyebrow={messages.postsEyebrow} title={messages.postsTitle}>{posts}</Section>
    </>
  );
}

interface SectionProps {
  eyebrow: string;
  title: string;
  children: ReactNode;
}

function Section({ eyebrow, title, children }: SectionProps) {
  return (
    <Container as="section" className="pt-20">
      <Eyebrow>{eyebrow}</Eyebrow>
      <h2 className="mt-3 text-title">{title}</h2>
      <div className="mt-9">{children}</div>
    </Container>
  );
}

function Services() {
  return (
    <section className="border-y border-line bg-sunken">
      <Container className="grid gap-10 py-18 lg:grid-cols-[1fr_1.6fr] lg:gap-16">
        <div>
          <Eyebrow>{messages.servicesEyebrow}</Eyebrow>
          <h2 className="mt-3 text-title">{messages.servicesTitle}</h2>
          <p className="mt-4 text-lead text-ink-muted">{messages.servicesLead}</p>
          <p className="mt-6"><TextLink to="/services">{messages.allServices}</TextLink></p>
        </div>
        <ul className="grid gap-x-10 gap-y-9 sm:grid-cols-2">
          {services.map((service) => (
            <li key={service.key}>
              <ServiceGlyph name={service.key} className="size-11" />
              <h3 className="mt-4 text-xl">{service.title}</h3>
              <p className="mt-1.5 text-ink-muted">{service.text}</p>
            </li>
          ))}
        </ul>
      </Container>
    </section>
  );
}

function Method() {
  return (
    <Container as="section" className="pt-20">
      <Eyebrow>{messages.methodEyebrow}</Eyebrow>
      <h2 className="mt-3 text-title">{messages.methodTitle}</h2>
      <ol className="mt-10 grid gap-10 md:grid-cols-3 md:gap-0">
        {messages.method.map((step, index) => (
          <li key={step.title} className="relative md:pr-10">
            <div className="flex items-center gap-3" aria-hidden="true">
              <span className="grid size-10 place-items-center rounded-full border-[3px] border-accent font-display font-bold text-accent">{index + 1}</span>
              <span className="hidden h-0 flex-1 border-t-[3px] border-dotted border-line-strong md:block" />
            </div>
            <h3 className="mt-5 text-heading">{step.title}</h3>
            <p className="mt-2 text-ink-muted">{step.text}</p>
          </li>
        ))}
      </ol>
    </Container>
  );
}

function QuizCall() {
  return (
    <Container as="section" className="pt-20">
      <div className="board-grid overflow-hidden rounded-[2rem] bg-board px-6 py-12 text-on-board sm:px-12 lg:py-16">
        <div className="grid items-end gap-8 lg:grid-cols-[1.6fr_1fr]">
          <div>
            <p className="text-sm font-semibold text-marker">{messages.quizEyebrow}</p>
            <h2 className="mt-3 text-title">{messages.quizTitle}</h2>
            <p className="mt-4 max-w-xl text-lead text-on-board-muted">{messages.quizText}</p>
          </div>
          <div>
            <ul className="space-y-2">
              {messages.quizPoints.map((point) => (
                <li key={point} className="flex items-center gap-3">
                  <span aria-hidden="true" className="size-3.5 shrink-0 rounded-full border-[3px] border-marker" />
                  {point}
                </li>
              ))}
            </ul>
            <ButtonLink to="/quiz" size="lg" variant="marker" className="mt-7">{messages.takeQuiz}</ButtonLink>
          </div>
        </div>
      </div>
    </Container>
  );
}
