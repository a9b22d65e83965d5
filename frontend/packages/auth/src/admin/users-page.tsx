import type { UserPage } from '@tt/api-client/admin-users';
import type { User } from '@tt/api-client/auth';
import { Avatar } from '@tt/ui/avatar';
import { Button } from '@tt/ui/button';
import { Input } from '@tt/ui/controls';
import { EmptyState } from '@tt/ui/states';
import { TextLink } from '@tt/ui/text-link';
import type { SyntheticEvent } from 'react';
import { useSearchParams } from 'react-router';
import { Loaded, Row, Rows, SettingsPage } from '../settings/parts';
import { users as text } from './messages';
import { factsOf, nameOf } from './person';
import { PersonBadges } from './person-badges';
import { useUserSearch } from './use-admin';

export function UsersPage() {
  const [query, setQuery] = useSearchParams();
  const filter = query.get('q') ?? '';
  const page = Math.max(1, Number(query.get('page') ?? 1) || 1);
  const found = useUserSearch(filter, page);
  const search = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get('q');
    setQuery(typeof typed === 'string' && typed.trim() ? { q: typed.trim() } : {});
  };
  const turnTo = (next: number) => {
    setQuery({ ...(filter && { q: filter }), ...(next > 1 && { page: String(next) }) });
  };
  return (
    <SettingsPage title={text.title} lead={text.lead}>
      <div className="py-8">
        <form role="search" onSubmit={search} className="flex max-w-xl gap-3">
          <Input key={filter} name="q" type="search" aria-label={text.search} placeholder={text.search} defaultValue={filter} />
          <Button type="submit">{text.searchButton}</Button>
        </form>
        <div className="mt-6">
          <Loaded query={found}>{(result) => <Found result={result} page={page} onPage={turnTo} />}</Loaded>
        </div>
      </div>
    </SettingsPage>
  );
}

interface FoundProps {
  result: UserPage;
  page: number;
  onPage: (page: number) => void;
}

function Found({ result: { users, total, next_page: next }, page, onPage }: FoundProps) {
  return (
    <>
      <p role="status" className="mb-3 text-ink-muted">{text.found(total)}</p>
      {users.length === 0 ? (
        <EmptyState title={text.none}>{text.noneText}</EmptyState>
      ) : (
        <Rows label={text.title}>{users.map((user) => <PersonRow key={user.id} user={user} />)}</Rows>
      )}
      {(page > 1 || next) && (
        <nav aria-label={text.title} className="mt-5 flex items-center gap-4">
          <Button variant="secondary" size="sm" disabled={page <= 1} onClick={() => { onPage(page - 1); }}>{text.previous}</Button>
          <span aria-current="page" className="text-ink-muted">{text.page(page)}</span>
          <Button variant="secondary" size="sm" disabled={!next} onClick={() => { onPage(page + 1); }}>{text.next}</Button>
        </nav>
      )}
    </>
  );
}

function PersonRow({ user }: { user: User }) {
  const name = nameOf(user);
  return (
    <Row
      title={
        <span className="flex items-center gap-3">
          <Avatar name={name} url={null} size="sm" />
          <TextLink to={`/admin/users/${user.id}`}>{name}</TextLink>
        </span>
      }
      badge={<PersonBadges user={user} />}
      text={[name !== user.email && user.email, factsOf(user)].filter(Boolean).join(' · ')}
    />
  );
}
