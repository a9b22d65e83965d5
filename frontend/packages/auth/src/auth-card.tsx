import { Card } from '@tt/ui/card';
import { TallBoard } from '@tt/ui/illustrations';
import { Container, PageHeading } from '@tt/ui/layout';
import type { ReactNode } from 'react';
import './error-texts';

interface AuthCardProps {
  title: string;
  lead: string;
  children: ReactNode;
  footer: ReactNode;
}

/** Frame of sign-in and sign-up on both sites. */
export function AuthCard({ title, lead, children, footer }: AuthCardProps) {
  return (
    <Container className="pt-12 lg:pt-16">
      <Card flush className="grid lg:grid-cols-[1.1fr_1fr]">
        <div className="p-7 sm:p-12">
          <PageHeading title={title} lead={lead} />
          <div className="mt-8">{children}</div>
          <div className="mt-7 text-ink-muted">{footer}</div>
        </div>
        <TallBoard className="hidden h-full w-full lg:block" />
      </Card>
    </Container>
  );
}
