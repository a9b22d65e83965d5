import { describeError } from '@tt/api-client/error-messages';
import { endSession, type DeviceSession } from '@tt/api-client/sessions';
import { Alert } from '@tt/ui/alert';
import { Button } from '@tt/ui/button';
import { useMutation } from '@tanstack/react-query';
import { session } from '../session';
import { messages, sessionsText as text } from './messages';
import { Loaded, Section, SettingsPage } from './parts';
import { SessionList } from './session-list';
import { useReloadAccount, useSessions } from './use-account';

export function SessionsPage() {
  const sessions = useSessions();
  return (
    <SettingsPage title={text.title} lead={text.lead}>
      <Section title={messages.pages.sessions}>
        <Loaded query={sessions}>{(items) => <Sessions items={items} />}</Loaded>
      </Section>
      <Section title={text.everywhere} text={text.everywhereText}>
        <Everywhere />
      </Section>
    </SettingsPage>
  );
}

function Sessions({ items }: { items: DeviceSession[] }) {
  const isOnly = items.length <= 1;
  const others = { label: text.endOthers, done: text.othersEnded, run: () => session.signOut('others') };
  return (
    <>
      <SessionList label={text.title} items={items} end={endSession} endMany={isOnly ? null : others} reload={useReloadAccount()} />
      {isOnly && <p className="mt-4 text-ink-muted">{text.only}</p>}
    </>
  );
}

function Everywhere() {
  const everywhere = useMutation({ mutationFn: () => session.signOut('global') });
  return (
    <>
      {everywhere.error && <Alert tone="danger" className="mb-4">{describeError(everywhere.error)}</Alert>}
      <Button variant="danger" busy={everywhere.isPending} onClick={() => { everywhere.mutate(); }}>{text.everywhere}</Button>
    </>
  );
}
