import { Container } from '@tt/ui/layout';
import { EmptyState } from '@tt/ui/states';
import type { ReactNode } from 'react';
import { messages } from './messages';
import { RequireUser } from './require-user';
import { useSession } from './session';

/** Shows the page to one role. A courtesy to people: the server checks every call itself. */
export function RequireRole({ role, children }: { role: string; children: ReactNode }) {
  const { user } = useSession();
  return <RequireUser>{user?.roles.includes(role) ? children : <RoleMissing />}</RequireUser>;
}

function RoleMissing() {
  return (
    <Container width="text" className="py-16">
      <EmptyState heading="h1" title={messages.roleMissing}>{messages.roleMissingText}</EmptyState>
    </Container>
  );
}
