import { endAllSessionsOf, endSessionOf } from '@tt/api-client/admin-users';
import { Loaded } from '../settings/parts';
import { SessionList } from '../settings/session-list';
import { users as text } from './messages';
import { useReloadAdmin, useSessionsOf } from './use-admin';

export function SessionsOfPerson({ userId, mayManage }: { userId: string; mayManage: boolean }) {
  const sessions = useSessionsOf(userId);
  const reload = useReloadAdmin();
  const everywhere = { label: text.endEverywhere, done: text.sessionsEnded, run: () => endAllSessionsOf(userId) };
  return (
    <Loaded query={sessions}>
      {(items) =>
        items.length > 0 ? (
          <SessionList
            label={text.sessionsTitle}
            items={items}
            end={mayManage ? (id) => endSessionOf(userId, id) : null}
            endMany={mayManage ? everywhere : null}
            reload={reload}
          />
        ) : (
          <p className="text-ink-muted">{text.noSessions}</p>
        )
      }
    </Loaded>
  );
}
