import { Container } from '@tt/ui/layout';
import { usePageMeta } from '@tt/ui/page-meta';
import { LoadingPanel } from '@tt/ui/spinner';
import { ExternalLink } from '@tt/ui/text-link';
import { useEffect } from 'react';
import { consent as text } from './messages';
import { leaveFor } from './leave-for';

interface LeavingProps {
  to: string;
  place: string;
}

/** On the way to the program. The link is for programs that open only when somebody asks for it. */
export function Leaving({ to, place }: LeavingProps) {
  usePageMeta({ title: text.leavingTitle, noindex: true });
  useEffect(() => { leaveFor(to); }, [to]);
  return (
    <Container width="text" className="py-16 text-center">
      <h1 tabIndex={-1} className="text-heading">{text.leavingTitle}</h1>
      <LoadingPanel label={text.leaving(place)} />
      <ExternalLink href={to} className="inline-flex min-h-11 items-center">{text.leavingByHand}</ExternalLink>
    </Container>
  );
}
