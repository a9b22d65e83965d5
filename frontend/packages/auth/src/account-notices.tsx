import { ButtonLink } from '@tt/ui/button';
import { formatDate } from '@tt/ui/format';
import { Container } from '@tt/ui/layout';
import { useDeletionDate, useSecondStepPolicy } from './session';
import { shellMessages as messages } from './shell-messages';

const SECOND_MS = 1000;

/** What a person must know of their account wherever they are: both have a date by which it is too late. */
export function AccountNotices() {
  const { enrolBy } = useSecondStepPolicy();
  const leavingOn = useDeletionDate();
  return (
    <>
      {leavingOn && <Notice text={messages.leavingOn(formatDate(leavingOn))} action={messages.keepAccount} to="/account/restore" />}
      {enrolBy !== null && (
        <Notice text={messages.enrolBy(formatDate(new Date(enrolBy * SECOND_MS).toISOString()))} action={messages.enrolNow} to="/account/security" />
      )}
    </>
  );
}

function Notice({ text, action, to }: { text: string; action: string; to: string }) {
  return (
    <div role="status" className="bg-warning-soft py-2.5 text-warning">
      <Container className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <p className="font-medium">{text}</p>
        <ButtonLink to={to} size="sm" variant="secondary">{action}</ButtonLink>
      </Container>
    </div>
  );
}
