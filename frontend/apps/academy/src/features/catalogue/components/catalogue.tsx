import { describeError } from '@tt/api-client/error-messages';
import type { CatalogPage } from '@tt/api-client/courses';
import { Button } from '@tt/ui/button';
import { Disclosure } from '@tt/ui/disclosure';
import { EmptyState, ErrorState } from '@tt/ui/states';
import { useSearchParams } from 'react-router';
import { useCatalogue } from '../api/use-catalogue';
import { activeFilterCount, type CatalogueState, readParams, writeParams } from '../lib/catalogue-params';
import { messages } from '../messages';
import { CourseGrid, CourseGridSkeleton } from './course-grid';
import { Facets } from './facets';
import { SearchForm } from './search-form';
import { SortSelect } from './sort-select';

export function Catalogue() {
  const [params, setParams] = useSearchParams();
  const state = readParams(params);
  const catalogue = useCatalogue(state);
  const change = (part: Partial<CatalogueState>) => {
    setParams(writeParams({ ...state, ...part }), { preventScrollReset: true });
  };
  const clear = () => { change({ level: '', language: '', price: '' }); };
  const first = catalogue.data?.pages[0];
  const facets = first && (
    <Facets facets={first.facets} state={state} onChange={(filter, value) => { change({ [filter]: value }); }} onClear={clear} />
  );
  const active = activeFilterCount(state);
  return (
    <>
      <SearchForm key={state.q} initial={state.q} onSearch={(q) => { change({ q }); }} className="max-w-2xl" />
      <div className="mt-8 lg:grid lg:grid-cols-[13rem_1fr] lg:gap-12">
        <div className="mb-6 lg:hidden">
          <Disclosure title={active > 0 ? messages.filtersActive(active) : messages.filters}>{facets}</Disclosure>
        </div>
        <aside aria-label={messages.filters} className="hidden lg:block">{facets}</aside>
        <section aria-label={messages.resultsLabel}>
          <h2 className="sr-only">{messages.resultsLabel}</h2>
          <div className="mb-5 flex min-h-12 flex-wrap items-center justify-between gap-3">
            <p role="status" className="font-semibold">{first ? resultText(first, state) : ''}</p>
            <SortSelect state={state} onChange={(sort) => { change({ sort }); }} />
          </div>
          <Results catalogue={catalogue} state={state} onClear={() => { setParams(new URLSearchParams()); }} />
        </section>
      </div>
    </>
  );
}

function resultText(page: CatalogPage, state: CatalogueState): string {
  return state.q ? messages.resultsFor(page.total, state.q) : messages.results(page.total);
}

interface ResultsProps {
  catalogue: ReturnType<typeof useCatalogue>;
  state: CatalogueState;
  onClear: () => void;
}

function Results({ catalogue, state, onClear }: ResultsProps) {
  const { data, error, isPlaceholderData, hasNextPage, isFetchingNextPage } = catalogue;
  if (!data) {
    if (!error) return <CourseGridSkeleton />;
    return (
      <ErrorState
        title={messages.errorTitle}
        message={describeError(error)}
        onRetry={() => { void catalogue.refetch(); }}
      />
    );
  }
  const courses = data.pages.flatMap((page) => page.items);
  if (courses.length === 0) return <NoCourses filtered={state.q !== '' || activeFilterCount(state) > 0} onClear={onClear} />;
  return (
    <>
      <CourseGrid courses={courses} dimmed={isPlaceholderData} />
      {hasNextPage && (
        <div className="mt-10 text-center">
          <Button variant="secondary" busy={isFetchingNextPage} onClick={() => { void catalogue.fetchNextPage(); }}>
            {messages.more}
          </Button>
        </div>
      )}
    </>
  );
}

function NoCourses({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  if (!filtered) return <EmptyState title={messages.noneTitle}>{messages.noneText}</EmptyState>;
  return (
    <EmptyState title={messages.emptyTitle} actions={<Button variant="secondary" onClick={onClear}>{messages.clear}</Button>}>
      {messages.emptyText}
    </EmptyState>
  );
}
