import { Container, PageHeading } from '@tt/ui/layout';
import { usePageMeta } from '@tt/ui/page-meta';
import { Catalogue } from '../features/catalogue/components/catalogue';
import { messages as catalogue } from '../features/catalogue/messages';

export function CatalogueRoute() {
  usePageMeta({ title: catalogue.title, description: catalogue.lead });
  return (
    <Container className="pt-12 lg:pt-16">
      <PageHeading title={catalogue.title} lead={catalogue.lead} className="mb-8" />
      <Catalogue />
    </Container>
  );
}
