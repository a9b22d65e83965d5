import { cx } from '@tt/ui/cx';
import { Link } from 'react-router';
import { useTags } from './api/use-posts';
import { messages } from './messages';

/** Topics are an extra: while they load or when they fail the list of posts stands on its own. */
export function TagList({ current }: { current: string | undefined }) {
  const { data: tags = [] } = useTags();
  if (tags.length === 0) return null;
  return (
    <nav aria-label={messages.tags}>
      <ul className="flex flex-wrap gap-2">
        <li><TagLink to="/blog" label={messages.allTags} active={!current} /></li>
        {tags.map(({ tag }) => (
          <li key={tag}><TagLink to={`/blog/tag/${encodeURIComponent(tag)}`} label={tag} active={tag === current} /></li>
        ))}
      </ul>
    </nav>
  );
}

function TagLink({ to, label, active }: { to: string; label: string; active: boolean }) {
  return (
    <Link
      to={to}
      aria-current={active ? 'page' : undefined}
      className={cx(
        'inline-flex min-h-9 items-center rounded-full border px-4 text-sm font-medium',
        active ? 'border-accent-solid bg-accent-solid text-on-accent' : 'border-line-strong hover:border-accent hover:text-accent',
      )}
    >
      {label}
    </Link>
  );
}
