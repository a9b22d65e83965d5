import type { AuditEntry } from '@tt/api-client/audit';
import { Badge } from '@tt/ui/badge';
import { formatDateTime } from '@tt/ui/format';
import { TextLink } from '@tt/ui/text-link';
import { deviceName } from '../settings/device-name';
import { actionName, audit as text } from './messages';

export function AuditEntries({ entries }: { entries: AuditEntry[] }) {
  return (
    <ol className="divide-y divide-line rounded-card border border-line bg-surface px-5">
      {entries.map((entry) => <Entry key={entry.id} entry={entry} />)}
    </ol>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const { created_at: time, action, outcome, ip_address: ip, user_agent: agent, target, details } = entry;
  const where = [ip, agent && deviceName(agent)].filter(Boolean).join(', ');
  return (
    <li className="py-3.5">
      <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <span className="font-semibold">{actionName(action)}</span>
        {outcome === 'failure' && <Badge tone="danger">{text.outcomes['failure']}</Badge>}
        <time dateTime={time} className="ml-auto text-sm text-ink-muted">{formatDateTime(time)}</time>
      </p>
      <p className="text-sm text-ink-muted [overflow-wrap:anywhere]">
        <Actor entry={entry} />
        <Subject entry={entry} />
        {where && ` · ${where}`}
        {target && ` · ${target}`}
      </p>
      {hasMembers(details) && (
        <details className="mt-1 text-sm">
          <summary className="inline-flex min-h-8 items-center text-ink-muted hover:text-ink">{text.details}</summary>
          <pre className="rounded-control bg-sunken p-3 font-mono text-xs [overflow-wrap:anywhere] whitespace-pre-wrap">{JSON.stringify(details, null, 2)}</pre>
        </details>
      )}
    </li>
  );
}

function Actor({ entry: { actor_id: id, actor_name: name, actor_kind: kind } }: { entry: AuditEntry }) {
  if (id) return <Person id={id} name={name} />;
  return kind === 'service' ? text.service : text.system;
}

/** To whom it was done, when that is somebody else. */
function Subject({ entry: { actor_id: actor, subject_id: subject, subject_name: name } }: { entry: AuditEntry }) {
  if (!subject || subject === actor) return null;
  return <> · {text.subject} <Person id={subject} name={name} /></>;
}

/** The name of today; who is gone or has none is an id. */
function Person({ id, name }: { id: string; name: string | null }) {
  return <TextLink to={`/admin/users/${id}`}>{name ? name : id}</TextLink>;
}

function hasMembers(details: unknown): boolean {
  return typeof details === 'object' && details !== null && Object.keys(details).length > 0;
}
