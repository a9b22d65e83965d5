import { deletionOf } from '@tt/api-client/auth';
import { formatDate } from '@tt/ui/format';
import { DeleteAccount } from './delete-account';
import { ExportPanel } from './export-panel';
import { KeepAccount } from './keep-account';
import { data as text } from './messages';
import { Loaded, Section, SettingsPage } from './parts';
import { useUser } from './use-account';

export function DataPage() {
  const user = useUser();
  return (
    <SettingsPage title={text.title} lead={text.lead}>
      <Section title={text.exportTitle} text={text.exportText}><ExportPanel /></Section>
      <Loaded query={user}>
        {(account) => {
          const at = deletionOf(account);
          return at ? (
            <Section title={text.pendingTitle(formatDate(at))} text={text.pendingText}><KeepAccount /></Section>
          ) : (
            <Section title={text.deleteTitle} text={text.deleteText}><DeleteAccount email={account.email} /></Section>
          );
        }}
      </Loaded>
    </SettingsPage>
  );
}
