import { ButtonLink } from '@tt/ui/button';
import { Container } from '@tt/ui/layout';
import { HeroBoard } from './hero-board';
import { messages } from './messages';

export function Hero() {
  return (
    <Container as="section" className="grid items-center gap-12 pt-12 pb-20 lg:grid-cols-[1.2fr_1fr] lg:pt-20">
      <div>
        <h1 tabIndex={-1} className="text-display text-wrap">
          {messages.heroStart} <span className="marked">{messages.heroMarked}</span> {messages.heroEnd}
        </h1>
        <p className="mt-7 max-w-xl text-lead text-ink-muted">{messages.heroLead}</p>
        <div className="mt-9 flex flex-wrap gap-3">
          <ButtonLink to="/quiz" size="lg">{messages.takeQuiz}</ButtonLink>
          <ButtonLink to="/services" size="lg" variant="secondary">{messages.seeServices}</ButtonLink>
        </div>
        <p className="mt-5 text-sm text-ink-subtle">{messages.quizFacts}</p>
      </div>
      <HeroBoard className="mx-auto w-full max-w-md lg:max-w-none" />
    </Container>
  );
}
