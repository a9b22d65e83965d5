import type { CatalogQuery } from '@tt/api-client/courses';

export const SORTS = ['relevance', 'newest', 'title'] as const;
export type Sort = (typeof SORTS)[number];

export const FILTERS = ['level', 'language', 'price'] as const;
export type Filter = (typeof FILTERS)[number];

/** What the catalogue shows; the address bar is its only home, so links and Back work. */
export interface CatalogueState {
  q: string;
  level: string;
  language: string;
  price: string;
  sort: Sort;
}

const PAGE_SIZE = 24;

export function readParams(params: URLSearchParams): CatalogueState {
  const q = params.get('q')?.trim() ?? '';
  const sort = params.get('sort');
  return {
    q,
    level: params.get('level') ?? '',
    language: params.get('language') ?? '',
    price: params.get('price') ?? '',
    sort: SORTS.find((known) => known === sort) ?? defaultSort(q),
  };
}

/** Defaults stay out of the address, so that one view has one URL. */
export function writeParams(state: CatalogueState): URLSearchParams {
  const params = new URLSearchParams();
  if (state.q) params.set('q', state.q);
  for (const filter of FILTERS) {
    if (state[filter]) params.set(filter, state[filter]);
  }
  if (state.sort !== defaultSort(state.q)) params.set('sort', state.sort);
  return params;
}

export function toQuery(state: CatalogueState, cursor?: string): CatalogQuery {
  return {
    q: state.q || undefined,
    level: state.level || undefined,
    language: state.language || undefined,
    price: state.price || undefined,
    sort: state.sort,
    limit: PAGE_SIZE,
    cursor,
  };
}

export function activeFilterCount(state: CatalogueState): number {
  return FILTERS.filter((filter) => state[filter] !== '').length;
}

/** Relevance means nothing without words to be relevant to. */
function defaultSort(q: string): Sort {
  return q ? 'relevance' : 'newest';
}
