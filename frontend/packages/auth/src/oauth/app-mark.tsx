import { useState } from 'react';
import type { OauthClient } from '@tt/api-client/oauth';
import { appName } from './app';

/** The program's logo; its first letter while there is none or it does not load. */
export function AppMark({ client }: { client: OauthClient }) {
  const [broken, setBroken] = useState<string | null>(null);
  const shape = 'size-14 shrink-0 rounded-control';
  const { logo_uri: logo } = client;
  if (logo && logo !== broken) {
    return (
      <img
        src={logo}
        alt=""
        referrerPolicy="no-referrer"
        className={`${shape} border border-line bg-surface object-contain`}
        onError={() => { setBroken(logo); }}
      />
    );
  }
  return (
    <span aria-hidden="true" className={`${shape} grid place-items-center bg-accent-soft font-display text-2xl font-semibold text-on-accent-soft`}>
      {[...appName(client)][0]?.toUpperCase()}
    </span>
  );
}
