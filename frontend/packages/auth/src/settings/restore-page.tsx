import { deletionOf } from '@tt/api-client/auth';
import { ButtonLink } from '@tt/ui/button';
import { formatDate } from '@tt/ui/format';
import { KeepAccount } from './keep-account';
import { data as text } from './messages';
import { Loaded, Section, SettingsPage } from './parts';
import { useUser } from './use-account';

/** Mounted at /account/restore: the way back that the mail about a deletion shows. */
export function RestorePage() {
  const user = useUser();
  return (
    <SettingsPage title={text.restoreTitle} lead={text.pendingText}>
      <Loaded query={user}>
        {(account) => {
          const at = deletionOf(account);
          return at ? (
            <Section title={text.pendingTitle(formatDate(at))}><KeepAccount /></Section>
          ) : (
            <Section title={text.kept} text={text.restoreNothing}>
              <ButtonLink to="/account/data" variant="secondary">{text.title}</ButtonLink>
            </Section>
          );
        }}
      </Loaded>
    </SettingsPage>
  );
}
