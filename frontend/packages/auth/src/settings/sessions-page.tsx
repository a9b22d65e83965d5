import { describeError } from '@tt/api-client/error-messages';
import { endSession, type DeviceSession } from '@tt/api-client/sessions';
import { Alert } from '@tt/ui/alert';
import { Badge } from '@tt/ui/badge';
import { Button } from '@tt/ui/button';
import { showToast } from '@tt/ui/toast-store';
import { useMutation } from '@tanstack/react-query';
import { session } from '../session';
import { deviceName } from './device-name';
import { messages, sessionsText as text } from './messages';
import { Loaded, Row, Rows, Section, SettingsPage } from './parts';
import { sessionFacts } from './session-facts';
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
  const reload = useReloadAccount();
  const end = useMutation({
    mutationFn: endSession,
    onSuccess: async () => {
      showToast(text.ended);
      await reload();
    },
  });
  const others = useMutation({
    mutationFn: () => session.signOut('others'),
    onSuccess: async () => {
      showToast(text.othersEnded);
      await reload();
    },
  });
  const failure = end.error ?? others.error;
  return (
    <>
      {failure && <Alert tone="danger" title={messages.failed} className="mb-4">{describeError(failure)}</Alert>}
      <Rows label={text.title}>
        {items.map((item) => (
          <Row
            key={item.id}
            title={deviceName(item.user_agent)}
            badge={
              <>
                {item.current && <Badge tone="accent">{text.current}</Badge>}
                {item.aal === 'aal2' && <Badge tone="success">{text.secondStep}</Badge>}
              </>
            }
            text={sessionFacts(item)}
            actions={
              !item.current && (
                <Button
                  size="sm"
                  variant="danger"
                  aria-label={text.endLabel(deviceName(item.user_agent))}
                  busy={end.isPending && end.variables === item.id}
                  onClick={() => { end.mutate(item.id); }}
                >
                  {text.end}
                </Button>
              )
            }
          />
        ))}
      </Rows>
      {items.length > 1 ? (
        <Button variant="secondary" className="mt-5" busy={others.isPending} onClick={() => { others.mutate(); }}>{text.endOthers}</Button>
      ) : (
        <p className="mt-4 text-ink-muted">{text.only}</p>
      )}
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
