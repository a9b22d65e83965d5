import { isApiError } from '@tt/api-client/api-error';
import { claimAdmin } from '@tt/api-client/auth';
import { describeError } from '@tt/api-client/error-messages';
import { RequireUser } from '@tt/auth/require-user';
import { session, useSession } from '@tt/auth/session';
import { AcademyLink } from '@tt/auth/site-links';
import { Alert } from '@tt/ui/alert';
import { Button } from '@tt/ui/button';
import { Container, PageHeading } from '@tt/ui/layout';
import { usePageMeta } from '@tt/ui/page-meta';
import { useMutation } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { messages } from './messages';

/** The one-time link that `./tt up` prints leads here. */
export function ClaimPage() {
  usePageMeta({ title: messages.title, noindex: true });
  return (
    <Container width="text" className="pt-16">
      <RequireUser><Claim /></RequireUser>
    </Container>
  );
}

function Claim() {
  const token = useSearchParams()[0].get('token') ?? '';
  const { user } = useSession();
  const claim = useMutation({
    mutationFn: async () => {
      await claimAdmin(token);
      // The role travels inside the access token: without a new one nothing would change.
      await session.renew();
    },
  });
  if (claim.isSuccess) {
    return (
      <div role="status">
        <PageHeading title={messages.doneTitle} lead={messages.doneLead} />
        <AcademyLink to="/admin/import" variant="primary" className="mt-8">{messages.toImports}</AcademyLink>
      </div>
    );
  }
  return (
    <>
      <PageHeading title={messages.title} lead={token ? messages.lead : messages.missing} />
      {claim.error && <Alert tone="danger" title={messages.failed} className="mt-6">{explain(claim.error)}</Alert>}
      {token && (
        <Button size="lg" className="mt-8" busy={claim.isPending} onClick={() => { claim.mutate(); }}>
          {messages.claim}
        </Button>
      )}
      {user && <p className="mt-3 text-ink-muted">{user.email}</p>}
    </>
  );
}

function explain(error: unknown): string {
  return isApiError(error, 'admin_claim_invalid') ? messages.refused : describeError(error);
}
