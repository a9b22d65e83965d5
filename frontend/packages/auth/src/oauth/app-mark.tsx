import type { OauthClient } from '@tt/api-client/oauth';
import { appName } from './app';

/** A program's first letter. Never its own logo: fetching that would tell its server who is asked. */
export function AppMark({ client }: { client: OauthClient }) {
  return (
    <span
      aria-hidden="true"
      className="grid size-14 shrink-0 place-items-center rounded-control bg-accent-soft font-display text-2xl font-semibold text-on-accent-soft"
    >
      {[...appName(client)][0]?.toUpperCase()}
    </span>
  );
}
