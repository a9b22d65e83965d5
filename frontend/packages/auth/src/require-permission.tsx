import { Button, ButtonLink } from '@tt/ui/button';
import { Container } from '@tt/ui/layout';
import { EmptyState } from '@tt/ui/states';
import { useState, type ReactNode } from 'react';
import { messages } from './messages';
import { RequireUser } from './require-user';
import { may, useSecondStepPolicy, useSession } from './session';
import { IdentityDialog } from './settings/identity-check';

/** Shows the page to whoever has one of the permissions. A courtesy to people: the server checks every call itself. */
export function RequirePermission({ anyOf, children }: { anyOf: string[]; children: ReactNode }) {
  const { user } = useSession();
  const { required } = useSecondStepPolicy();
  const missing = required ? <RoleWithheld required={required} /> : <RoleMissing />;
  return <RequireUser>{anyOf.some((permission) => may(user, permission)) ? children : missing}</RequireUser>;
}

function RoleMissing() {
  return (
    <Container width="text" className="py-16">
      <EmptyState heading="h1" title={messages.roleMissing}>{messages.roleMissingText}</EmptyState>
    </Container>
  );
}

/** The account has the role, but this session has not proved enough for it. */
function RoleWithheld({ required }: { required: string }) {
  const [isAsking, setIsAsking] = useState(false);
  const mustEnrol = required === 'enroll';
  return (
    <Container width="text" className="py-16">
      <EmptyState
        heading="h1"
        title={messages.roleWithheld}
        actions={
          mustEnrol ? (
            <ButtonLink to="/account/security">{messages.roleEnrol}</ButtonLink>
          ) : (
            <Button onClick={() => { setIsAsking(true); }}>{messages.roleVerify}</Button>
          )
        }
      >
        {mustEnrol ? messages.roleEnrolText : messages.roleVerifyText}
      </EmptyState>
      {isAsking && <IdentityDialog onSettle={() => { setIsAsking(false); }} />}
    </Container>
  );
}
