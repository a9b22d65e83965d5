import { RequireUser } from '@tt/auth/require-user';
import { Container, PageHeading } from '@tt/ui/layout';
import { usePageMeta } from '@tt/ui/page-meta';
import { MyLearning } from '../features/my-learning/components/my-learning';
import { messages as learning } from '../features/my-learning/messages';

export function MyLearningRoute() {
  usePageMeta({ title: learning.title, noindex: true });
  return (
    <RequireUser>
      <Container className="pt-12 lg:pt-16">
        <PageHeading title={learning.title} className="mb-10" />
        <MyLearning />
      </Container>
    </RequireUser>
  );
}
