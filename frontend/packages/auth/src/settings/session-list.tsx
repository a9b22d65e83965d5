import { describeError } from '@tt/api-client/error-messages';
import type { DeviceSession } from '@tt/api-client/sessions';
import { Alert } from '@tt/ui/alert';
import { Badge } from '@tt/ui/badge';
import { Button } from '@tt/ui/button';
import { showToast } from '@tt/ui/toast-store';
import { useMutation } from '@tanstack/react-query';
import { deviceName } from './device-name';
import { messages, sessionsText as text } from './messages';
import { Row, Rows } from './parts';
import { sessionFacts } from './session-facts';

interface SessionListProps {
  label: string;
  items: DeviceSession[];
  /** Nothing: the list is only to be looked at. */
  end: ((id: string) => Promise<void>) | null;
  /** One button for many of them. */
  endMany?: { label: string; done: string; run: () => Promise<void> } | null;
  reload: () => Promise<void>;
}

/** Where an account is signed in; the session that looks at the list has no button. */
export function SessionList({ label, items, end: endOne, endMany, reload }: SessionListProps) {
  const end = useMutation({
    mutationFn: async (id: string) => { await endOne?.(id); },
    onSuccess: () => {
      showToast(text.ended);
      return reload();
    },
  });
  const many = useMutation({
    mutationFn: async () => { await endMany?.run(); },
    onSuccess: () => {
      if (endMany) showToast(endMany.done);
      return reload();
    },
  });
  const failure = end.error ?? many.error;
  return (
    <>
      {failure && <Alert tone="danger" title={messages.failed} className="mb-4">{describeError(failure)}</Alert>}
      <Rows label={label}>
        {items.map((item) => (
          <Row
            key={item.id}
            title={deviceName(item.user_agent)}
            badge={<SessionBadges session={item} />}
            text={sessionFacts(item)}
            actions={
              endOne && !item.current && (
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
      {endMany && <Button variant="secondary" className="mt-5" busy={many.isPending} onClick={() => { many.mutate(); }}>{endMany.label}</Button>}
    </>
  );
}

function SessionBadges({ session }: { session: DeviceSession }) {
  return (
    <>
      {session.current && <Badge tone="accent">{text.current}</Badge>}
      {session.aal === 'aal2' && <Badge tone="success">{text.secondStep}</Badge>}
    </>
  );
}
