import { Button } from '@tt/ui/button';
import { Container } from '@tt/ui/layout';
import { shellMessages as messages } from './shell-messages';
import { session, useIsImpersonated, useSession } from './session';

/** On every page while an administrator acts as somebody else, so that nobody forgets whose account it is. */
export function ImpersonationBanner() {
  const { user } = useSession();
  const isImpersonated = useIsImpersonated();
  if (!isImpersonated || !user) return null;
  const stop = () => {
    // Everything on the page was somebody else's.
    void session.stopImpersonating().then(() => { window.location.assign('/admin/users'); });
  };
  return (
    <div role="status" className="sticky top-17 z-30 bg-warning-soft py-2.5 text-warning">
      <Container className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <p className="font-medium">{messages.impersonating(user.name)}</p>
        <Button size="sm" variant="secondary" onClick={stop}>{messages.stopImpersonating}</Button>
      </Container>
    </div>
  );
}
