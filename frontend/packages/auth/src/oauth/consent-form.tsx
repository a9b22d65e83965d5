import type { Authorization, Decision } from '@tt/api-client/oauth';
import { describeError } from '@tt/api-client/error-messages';
import { Alert } from '@tt/ui/alert';
import { Avatar } from '@tt/ui/avatar';
import { Button } from '@tt/ui/button';
import { usePageMeta } from '@tt/ui/page-meta';
import { TextLink } from '@tt/ui/text-link';
import { useId, type ReactNode } from 'react';
import { AuthCard } from '../auth-card';
import { useSession } from '../session';
import { appName, describeScope, placeOf, scopesIn } from './app';
import { AppMark } from './app-mark';
import { consent as text, sameAccount } from './messages';

interface ConsentFormProps {
  request: Authorization;
  /** What is being sent. */
  busy: Decision | 'change' | null;
  failure: unknown;
  onDecide: (decision: Decision) => void;
  onOtherAccount: () => void;
}

/** Who asks, what they get, and which account it is about. */
export function ConsentForm({ request, busy, failure, onDecide, onOtherAccount }: ConsentFormProps) {
  const name = appName(request.client);
  const place = placeOf(request.redirect_uri);
  const title = text.title(name);
  usePageMeta({ title, noindex: true });
  return (
    <AuthCard
      title={title}
      lead={text.lead(name)}
      footer={<p className="text-sm">{text.trust} <TextLink to="/account/security">{text.security}</TextLink>.</p>}
    >
      {failure !== null && <Alert tone="danger" title={text.failed} className="mb-6">{describeError(failure)}</Alert>}
      <div className="flex flex-col gap-7">
        <div className="flex items-center gap-4" role="group" aria-label={text.asker}>
          <AppMark client={request.client} />
          <div className="min-w-0 [overflow-wrap:anywhere]">
            <p className="font-semibold">{name}</p>
            <p className="text-sm text-ink-muted">{text.leadsTo(place)}</p>
          </div>
        </div>
        <Gets title={text.gets(name)} scope={request.scope} />
        <Account email={request.user.email} busy={busy} onOtherAccount={onOtherAccount} />
        <div className="flex flex-wrap gap-3">
          <Button size="lg" className="flex-1" busy={busy === 'approve'} disabled={busy !== null} onClick={() => { onDecide('approve'); }}>{text.allow}</Button>
          <Button size="lg" className="flex-1" variant="secondary" busy={busy === 'deny'} disabled={busy !== null} onClick={() => { onDecide('deny'); }}>{text.cancel}</Button>
        </div>
      </div>
    </AuthCard>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const heading = useId();
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading} className="text-sm font-semibold text-ink-muted [overflow-wrap:anywhere]">{title}</h2>
      {children}
    </section>
  );
}

function Gets({ title, scope }: { title: string; scope: string }) {
  return (
    <Part title={title}>
      <ul className="mt-2.5 flex flex-col gap-2">
        {[...scopesIn(scope).map(describeScope), sameAccount].map((words) => (
          <li key={words} className="flex gap-3">
            <svg viewBox="0 0 20 20" className="mt-1 size-4 shrink-0 text-accent" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round">
              <path d="m4 10.5 4 4 8-9" />
            </svg>
            <span className="min-w-0 [overflow-wrap:anywhere]">{words}</span>
          </li>
        ))}
      </ul>
      <p className="mt-3 text-sm text-ink-muted">{text.getsNothingElse}</p>
    </Part>
  );
}

function Account({ email, busy, onOtherAccount }: { email: string } & Pick<ConsentFormProps, 'busy' | 'onOtherAccount'>) {
  const name = useSession().user?.name ?? email;
  return (
    <Part title={text.account}>
      <div className="mt-2.5 flex flex-wrap items-center gap-x-4 gap-y-3 rounded-card border border-line p-4">
        <Avatar name={name} url={null} />
        <div className="min-w-0 flex-1 basis-40 [overflow-wrap:anywhere]">
          <p className="font-semibold">{name}</p>
          {name !== email && <p className="text-sm text-ink-muted">{email}</p>}
        </div>
        <Button size="sm" variant="secondary" busy={busy === 'change'} disabled={busy !== null} onClick={onOtherAccount}>{text.otherAccount}</Button>
      </div>
    </Part>
  );
}
