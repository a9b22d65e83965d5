import { Button } from '@tt/ui/button';
import { useId, useState, type FormEvent } from 'react';
import { messages } from '../messages';

interface SearchFormProps {
  initial: string;
  onSearch: (q: string) => void;
  className?: string;
}

/** The parent sets `key` to the search in the address, so that Back also changes the field. */
export function SearchForm({ initial, onSearch, className }: SearchFormProps) {
  const [q, setQ] = useState(initial);
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSearch(q.trim());
  };
  return (
    <form role="search" onSubmit={submit} className={className}>
      <label htmlFor={id} className="sr-only">{messages.searchLabel}</label>
      <div className="flex items-center gap-2 rounded-full border border-line-strong bg-surface p-1.5 pl-5 text-ink focus-within:border-accent">
        <svg viewBox="0 0 20 20" aria-hidden="true" className="size-5 shrink-0 text-ink-subtle" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round">
          <circle cx="9" cy="9" r="5.5" />
          <path d="m13.2 13.2 4 4" />
        </svg>
        <input
          id={id}
          type="search"
          value={q}
          onChange={(event) => { setQ(event.target.value); }}
          placeholder={messages.searchPlaceholder}
          enterKeyHint="search"
          className="min-h-11 w-full min-w-0 rounded-lg bg-transparent placeholder:text-ink-subtle"
        />
        <Button type="submit">{messages.search}</Button>
      </div>
    </form>
  );
}
