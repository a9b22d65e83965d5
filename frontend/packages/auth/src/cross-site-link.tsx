import { createHandoff } from '@tt/api-client/auth';
import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import { session } from './session';

interface CrossSiteLinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  /** The other site, "https://academy.example". */
  origin: string;
  /** A path there. */
  to: string;
}

/**
 * A link to the other site that takes the session along. It is an ordinary link: opening in a new tab, or a failing
 * hand-off, leads to the same page, signed out.
 */
export function CrossSiteLink({ origin, to, onClick, children, ...rest }: CrossSiteLinkProps) {
  const plain = origin + to;
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const opensHere = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (event.defaultPrevented || !opensHere || !session.accessToken()) return;
    event.preventDefault();
    void handoffUrl(origin, to).then((url) => { window.location.assign(url); });
  };
  return (
    <a {...rest} href={plain} onClick={follow}>
      {children}
    </a>
  );
}

export async function handoffUrl(origin: string, to: string): Promise<string> {
  try {
    const { code } = await createHandoff();
    return `${origin}/session/handoff#${new URLSearchParams({ code, next: to }).toString()}`;
  } catch {
    return origin + to;
  }
}
