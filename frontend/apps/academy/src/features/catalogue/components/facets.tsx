import type { CatalogPage, Facet } from '@tt/api-client/courses';
import { Button } from '@tt/ui/button';
import { useId } from 'react';
import { activeFilterCount, type CatalogueState, type Filter, FILTERS } from '../lib/catalogue-params';
import { messages } from '../messages';

interface FacetsProps {
  facets: CatalogPage['facets'];
  state: CatalogueState;
  onChange: (filter: Filter, value: string) => void;
  onClear: () => void;
}

export function Facets({ facets, state, onChange, onClear }: FacetsProps) {
  return (
    <div className="space-y-7">
      {FILTERS.map((filter) => (
        <FacetGroup
          key={filter}
          filter={filter}
          values={withSelected(facets[filter], state[filter])}
          selected={state[filter]}
          onChange={(value) => { onChange(filter, value); }}
        />
      ))}
      {activeFilterCount(state) > 0 && (
        <Button variant="secondary" size="sm" onClick={onClear}>{messages.clear}</Button>
      )}
    </div>
  );
}

interface FacetGroupProps {
  filter: Filter;
  values: readonly Facet[];
  selected: string;
  onChange: (value: string) => void;
}

function FacetGroup({ filter, values, selected, onChange }: FacetGroupProps) {
  const name = useId();
  if (values.length === 0) return null;
  const options: { value: string; label: string; count: number | null }[] = [
    { value: '', label: messages.any[filter], count: null },
    ...values.map(({ value, count }) => ({ value, label: facetLabel(filter, value), count })),
  ];
  return (
    <fieldset>
      <legend className="font-semibold">{messages.facet[filter]}</legend>
      <div className="mt-2">
        {options.map((option) => (
          <label key={option.value} className="-mx-2 flex min-h-9 cursor-pointer items-center gap-3 rounded-lg px-2 hover:bg-sunken">
            <input
              type="radio"
              name={name}
              checked={selected === option.value}
              onChange={() => { onChange(option.value); }}
              className="size-5 shrink-0 accent-accent-solid"
            />
            <span className={selected === option.value ? 'font-semibold' : 'text-ink-muted'}>{option.label}</span>
            {option.count !== null && <span className="ml-auto text-sm text-ink-subtle">{option.count}</span>}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** A filter in the address that no course has stays visible, or it could not be taken off. */
function withSelected(values: readonly Facet[], selected: string): readonly Facet[] {
  if (!selected || values.some((facet) => facet.value === selected)) return values;
  return [...values, { value: selected, count: 0 }];
}

function facetLabel(filter: Filter, value: string): string {
  if (filter === 'level') return messages.level(value);
  if (filter === 'language') return messages.language(value);
  return messages.price[value] ?? value;
}
