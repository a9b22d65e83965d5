import { useSession } from '@tt/auth/session';
import { Container } from '@tt/ui/layout';
import { usePageMeta } from '@tt/ui/page-meta';
import { TextLink } from '@tt/ui/text-link';
import { useNavigate } from 'react-router';
import { NewestCourses } from '../features/catalogue/components/newest-courses';
import { SearchForm } from '../features/catalogue/components/search-form';
import { ContinueLearning } from '../features/my-learning/components/continue-learning';
import { HomeBoard } from './home-board';
import { messages } from './messages';

const { home } = messages;

/** The home page is where the catalogue and a learner's own courses meet. */
export function HomeRoute() {
  usePageMeta({ title: home.metaTitle, description: home.metaDescription });
  const { user } = useSession();
  const navigate = useNavigate();
  const search = (q: string) => void navigate(q ? `/courses?${new URLSearchParams({ q }).toString()}` : '/courses');
  return (
    <>
      <div className="board-grid overflow-hidden bg-board text-on-board">
        <Container className="grid items-center gap-10 py-14 lg:grid-cols-[1.15fr_1fr] lg:py-24">
          <div>
            <h1 tabIndex={-1} className="text-display">
              {home.title}<br /><span className="marked">{home.marked}</span>
            </h1>
            <p className="mt-6 max-w-xl text-lead text-on-board-muted">{home.lead}</p>
            <SearchForm initial="" onSearch={search} className="mt-8 max-w-xl" />
          </div>
          <HomeBoard className="hidden w-full lg:block" />
        </Container>
      </div>
      <Container>
        {user && <ContinueLearning />}
        <section className="pt-14">
          <div className="mb-6 flex flex-wrap items-baseline justify-between gap-4">
            <h2 className="text-heading">{home.newest}</h2>
            <TextLink to="/courses">{home.all}</TextLink>
          </div>
          <NewestCourses />
        </section>
        <section className="pt-20">
          <h2 className="text-heading">{home.stepsTitle}</h2>
          <ol className="mt-6 grid gap-8 border-t border-line pt-8 md:grid-cols-3">
            {home.steps.map(([title, text], index) => (
              <li key={title}>
                <span aria-hidden="true" className="font-display text-4xl font-bold text-accent tabular-nums">{index + 1}</span>
                <h3 className="mt-2 text-xl">{title}</h3>
                <p className="mt-2 text-ink-muted">{text}</p>
              </li>
            ))}
          </ol>
        </section>
      </Container>
    </>
  );
}
