import { ApiError } from '@tt/api-client/api-error';
import { describeError } from '@tt/api-client/error-messages';
import { confirmSubscription } from '@tt/api-client/newsletter';
import { Alert } from '@tt/ui/alert';
import { Button, ButtonLink } from '@tt/ui/button';
import { Container, PageHeading } from '@tt/ui/layout';
import { usePageMeta } from '@tt/ui/page-meta';
import { useMutation } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { messages } from './messages';

/** Opening the link changes nothing (mail scanners open links); the button does. */
export function ConfirmPage() {
  usePageMeta({ title: messages.confirmTitle, noindex: true });
  const token = useSearchParams()[0].get('token') ?? '';
  const mutation = useMutation({ mutationFn: () => confirmSubscription(token) });
  const badLink = token === '' || (mutation.error instanceof ApiError && !mutation.error.isTransient);

  return (
    <Container width="text" className="pt-16 lg:pt-24">
      <div aria-live="polite">
        {mutation.isSuccess ? (
          <>
            <PageHeading title={messages.confirmedTitle} lead={messages.confirmedText} />
            <ButtonLink to="/blog" size="lg" className="mt-8">{messages.toBlog}</ButtonLink>
          </>
        ) : badLink ? (
          <PageHeading title={messages.badLinkTitle} lead={messages.badLinkText} />
        ) : (
          <>
            <PageHeading title={messages.confirmTitle} lead={messages.confirmText} />
            {mutation.error && <Alert tone="danger" title={messages.failed} className="mt-6">{describeError(mutation.error)}</Alert>}
            <Button size="lg" className="mt-8" busy={mutation.isPending} onClick={() => { mutation.mutate(); }}>{messages.confirm}</Button>
          </>
        )}
      </div>
    </Container>
  );
}
