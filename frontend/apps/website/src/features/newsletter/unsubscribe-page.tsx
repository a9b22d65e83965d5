import { isApiError } from '@tt/api-client/api-error';
import { describeError } from '@tt/api-client/error-messages';
import { getUnsubscription, unsubscribe, type Unsubscription } from '@tt/api-client/newsletter';
import { Alert } from '@tt/ui/alert';
import { Button, ButtonLink } from '@tt/ui/button';
import { Container, PageHeading } from '@tt/ui/layout';
import { usePageMeta } from '@tt/ui/page-meta';
import { LoadingPanel } from '@tt/ui/spinner';
import { ErrorState } from '@tt/ui/states';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { messages } from './messages';

export function UnsubscribePage() {
  usePageMeta({ title: messages.leaveTitle, noindex: true });
  const { token = '' } = useParams();
  const { data, error, refetch } = useQuery({
    queryKey: ['newsletter', 'unsubscribe', token],
    queryFn: () => getUnsubscription(token),
  });
  return (
    <Container width="text" className="pt-16 lg:pt-24">
      {data && <Leave token={token} subscription={data} />}
      {!data && !error && <LoadingPanel />}
      {!data && error && (
        isApiError(error) && !error.isTransient
          ? <PageHeading title={messages.badLinkTitle} lead={messages.badLinkText} />
          : <ErrorState heading="h1" title={messages.failed} message={describeError(error)} onRetry={() => void refetch()} />
      )}
    </Container>
  );
}

function Leave({ token, subscription }: { token: string; subscription: Unsubscription }) {
  const mutation = useMutation({ mutationFn: () => unsubscribe(token) });
  const email = subscription.email_masked;
  if (mutation.isSuccess || subscription.status === 'unsubscribed') {
    return (
      <div role="status">
        <PageHeading title={messages.leftTitle} lead={messages.leftText(email)} />
        <ButtonLink to="/" variant="secondary" className="mt-8">{messages.home}</ButtonLink>
      </div>
    );
  }
  return (
    <>
      <PageHeading title={messages.leaveTitle} lead={messages.leaveText(email)} />
      {mutation.error && <Alert tone="danger" title={messages.failed} className="mt-6">{describeError(mutation.error)}</Alert>}
      <Button size="lg" className="mt-8" busy={mutation.isPending} onClick={() => { mutation.mutate(); }}>{messages.leave}</Button>
    </>
  );
}
