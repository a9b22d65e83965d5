import type { AuditSearch } from '@tt/api-client/audit';
import { EmptyState } from '@tt/ui/states';
import { useSearchParams } from 'react-router';
import { LoadedPages, Section, SettingsPage } from '../settings/parts';
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
  const found = useAudit(search);
  const look = (next: AuditSearch) => {
    const wanted = new URLSearchParams(Object.entries(next).filter(([, value]) => value !== ''));
    // The same search once more means: what has come since.
    if (wanted.toString() === query.toString()) void found.refetch();
    else setQuery(wanted);
  };
  return (
    <SettingsPage title={text.title} lead={text.lead}>
      <Section title={text.filterTitle}><AuditFilter key={query.toString()} search={search} onSearch={look} /></Section>
      <Section title={text.results}>
        <LoadedPages query={found} more={text.more}>
          {(entries) => (entries.length > 0 ? <AuditEntries entries={entries} /> : <EmptyState title={text.none}>{text.noneText}</EmptyState>)}
        </LoadedPages>
      </Section>
      <Section title={text.export}><AuditExport search={search} /></Section>
      <Section title={text.verify} text={text.verifyText}><AuditChain /></Section>
    </SettingsPage>
  );
}
