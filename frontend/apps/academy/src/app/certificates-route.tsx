import { RequireUser } from '@tt/auth/require-user';
import { Container, PageHeading } from '@tt/ui/layout';
import { usePageMeta } from '@tt/ui/page-meta';
import { CertificateList } from '../features/certificates/components/certificate-list';
import { messages as certificates } from '../features/certificates/messages';

export function CertificatesRoute() {
  usePageMeta({ title: certificates.title, noindex: true });
  return (
    <RequireUser>
      <Container className="pt-12 lg:pt-16">
        <PageHeading title={certificates.title} lead={certificates.lead} className="mb-10" />
        <CertificateList />
      </Container>
    </RequireUser>
  );
}
