import { Container, PageHeading } from '@tt/ui/layout';
import { usePageMeta } from '@tt/ui/page-meta';
import { useParams } from 'react-router';
import { Verification } from '../features/certificates/components/verification';
import { VerifyForm } from '../features/certificates/components/verify-form';
import { messages as certificates } from '../features/certificates/messages';

export function VerifyFormRoute() {
  usePageMeta({ title: certificates.verifyTitle });
  return (
    <Container width="text" className="pt-12 lg:pt-16">
      <PageHeading title={certificates.verifyTitle} lead={certificates.verifyLead} className="mb-8" />
      <VerifyForm />
    </Container>
  );
}

export function VerifyRoute() {
  const { code = '' } = useParams();
  // The holder's name is on it: not for search engines.
  usePageMeta({ title: certificates.verifyTitle, noindex: true });
  return (
    <Container width="text" className="pt-12 lg:pt-16">
      <Verification code={code} />
    </Container>
  );
}
