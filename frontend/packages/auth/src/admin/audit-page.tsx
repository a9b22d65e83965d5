import type { AuditSearch } from '@tt/api-client/audit';
import { describeError } from '@tt/api-client/error-messages';
import { Button } from '@tt/ui/button';
import { LoadingPanel } from '@tt/ui/spinner';
import { EmptyState, ErrorState } from '@tt/ui/states';
import { useSearchParams } from 'react-router';
import { messages } from '../settings/messages';
import { Section, SettingsPage } from '../settings/parts';
import { AuditChain } from './audit-chain';
import { AuditEntries } from './audit-entries';
import { AuditExport } from './audit-export';
import { AuditFilter } from './audit-filter';
import { searchOf } from './audit-search';
import { audit as text } from './messages';
import { useAudit } from './use-admin';

/** The search stands in the address: it can be kept and sent on. */
export function AuditPage() {
  const [query, setQuery] = useSearchParams();
  const search = searchOf(query);
  return (
    <SettingsPage title={text.title} lead={text.lead}>
      <Section title={text.filterTitle}>
        <AuditFilter key={query.toString()} search={search} onSearch={(next) => { setQuery(Object.entries(next).filter(([, value]) => value !== '')); }} />
      </Section>
      <Section title={text.results}><Results search={search} /></Section>
      <Section title={text.export}><AuditExport search={search} /></Section>
      <Section title={text.verify} text={text.verifyText}><AuditChain /></Section>
    </SettingsPage>
  );
}

function Results({ search }: { search: AuditSearch }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useAudit(search);
  if (error) return <ErrorState title={messages.loadFailed} message={describeError(error)} onRetry={() => void refetch()} />;
  if (!data) return <LoadingPanel label={messages.loading} />;
  const entries = data.pages.flatMap(({ items }) => items);
  if (entries.length === 0) return <EmptyState title={text.none}>{text.noneText}</EmptyState>;
  return (
    <>
      <AuditEntries entries={entries} />
      {hasNextPage && <Button variant="secondary" className="mt-4" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>{text.more}</Button>}
    </>
  );
}
