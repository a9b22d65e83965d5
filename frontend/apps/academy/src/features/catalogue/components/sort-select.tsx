import { useId } from 'react';
import { type CatalogueState, type Sort, SORTS } from '../lib/catalogue-params';
import { messages } from '../messages';

interface SortSelectProps {
  state: CatalogueState;
  onChange: (sort: Sort) => void;
}

export function SortSelect({ state, onChange }: SortSelectProps) {
  const id = useId();
  const offered = SORTS.filter((sort) => sort !== 'relevance' || state.q !== '');
  return (
    <div className="flex items-center gap-2">
      <label htmlFor={id} className="text-sm text-ink-muted">{messages.sortLabel}</label>
      <select
        id={id}
        value={state.sort}
        onChange={(event) => { onChange(event.target.value as Sort); }}
        className="min-h-10 rounded-control border border-line-strong bg-surface px-3 font-medium hover:border-accent"
      >
        {offered.map((sort) => (
          <option key={sort} value={sort}>{messages.sort[sort]}</option>
        ))}
      </select>
    </div>
  );
}
