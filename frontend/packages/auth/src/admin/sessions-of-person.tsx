import { endAllSessionsOf, endSessionOf } from '@tt/api-client/admin-users';
import { describeError } from '@tt/api-client/error-messages';
import type { DeviceSession } from '@tt/api-client/sessions';
import { Alert } from '@tt/ui/alert';
import { Badge } from '@tt/ui/badge';
import { Button } from '@tt/ui/button';
import { showToast } from '@tt/ui/toast-store';
import { useMutation } from '@tanstack/react-query';
import { deviceName } from '../settings/device-name';
import { messages, sessionsText } from '../settings/messages';
import { Loaded, Row, Rows } from '../settings/parts';
import { sessionFacts } from '../settings/session-facts';
import { users as text } from './messages';
import { useReloadAdmin, useSessionsOf } from './use-admin';

export function SessionsOfPerson({ userId }: { userId: string }) {
  return (
    <Loaded query={useSessionsOf(userId)}>
      {(items) => (items.length > 0 ? <Devices userId={userId} items={items} /> : <p className="text-ink-muted">{text.noSessions}</p>)}
    </Loaded>
  );
}

function Devices({ userId, items }: { userId: string; items: DeviceSession[] }) {
  const reload = useReloadAdmin();
  const end = useMutation({
    mutationFn: (id: string) => endSessionOf(userId, id),
    onSuccess: async () => {
      showToast(text.sessionEnded);
      await reload();
    },
  });
  const everywhere = useMutation({
    mutationFn: () => endAllSessionsOf(userId),
    onSuccess: async () => {
      showToast(text.sessionsEnded);
      await reload();
    },
  });
  const failure = end.error ?? everywhere.error;
  return (
    <>
      {failure && <Alert tone="danger" title={messages.failed} className="mb-4">{describeError(failure)}</Alert>}
      <Rows label={text.sessionsTitle}>
        {items.map((item) => (
          <Row
            key={item.id}
            title={deviceName(item.user_agent)}
            badge={item.aal === 'aal2' && <Badge tone="success">{sessionsText.secondStep}</Badge>}
            text={sessionFacts(item)}
            actions={
              <Button
                size="sm"
                variant="danger"
                aria-label={sessionsText.endLabel(deviceName(item.user_agent))}
                busy={end.isPending && end.variables === item.id}
                onClick={() => { end.mutate(item.id); }}
              >
                {sessionsText.end}
              </Button>
            }
          />
        ))}
      </Rows>
      <Button variant="secondary" className="mt-5" busy={everywhere.isPending} onClick={() => { everywhere.mutate(); }}>{text.endEverywhere}</Button>
    </>
  );
}
