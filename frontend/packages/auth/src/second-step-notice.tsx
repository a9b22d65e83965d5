import { ButtonLink } from '@tt/ui/button';
import { formatDate } from '@tt/ui/format';
import { Container } from '@tt/ui/layout';
import { useSecondStepPolicy } from './session';
import { shellMessages as messages } from './shell-messages';

const SECOND_MS = 1000;

/** While there is still time to set up the second step that a role asks for. */
export function SecondStepNotice() {
  const { enrolBy } = useSecondStepPolicy();
  if (enrolBy === null) return null;
  return (
    <div role="status" className="bg-warning-soft py-2.5 text-warning">
      <Container className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <p className="font-medium">{messages.enrolBy(formatDate(new Date(enrolBy * SECOND_MS).toISOString()))}</p>
        <ButtonLink to="/account/security" size="sm" variant="secondary">{messages.enrolNow}</ButtonLink>
      </Container>
    </div>
  );
}
