import { describeError } from '@tt/api-client/error-messages';
import { session, useSession } from '@tt/auth/session';
import { Alert } from '@tt/ui/alert';
import { Button } from '@tt/ui/button';
import { Container, PageHeading } from '@tt/ui/layout';
import { usePageMeta } from '@tt/ui/page-meta';
import { LoadingPanel } from '@tt/ui/spinner';
import { ErrorState } from '@tt/ui/states';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useProfile } from './api/use-profile';
import { messages } from './messages';
import { ProfileForm } from './profile-form';

/** Quiz results belong to another feature and are put in by the app. */
export function AccountPage({ results }: { results: ReactNode }) {
  usePageMeta({ title: messages.accountTitle, noindex: true });
  const { user } = useSession();
  return (
    <Container className="pt-12 lg:pt-16">
      <PageHeading title={messages.accountTitle} lead={user ? messages.accountLead(user.email) : undefined} />
      <div className="mt-10 divide-y divide-line border-t border-line">
        <Section title={messages.profileTitle} text={messages.profileText}><ProfilePanel /></Section>
        <Section title={messages.resultsTitle}>{results}</Section>
        <Section title={messages.sessionsTitle} text={messages.sessionsText}><Sessions /></Section>
      </div>
    </Container>
  );
}

function Section({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <section className="grid gap-x-14 gap-y-6 py-10 lg:grid-cols-[1fr_2fr]">
      <div>
        <h2 className="text-heading">{title}</h2>
        {text && <p className="mt-2 text-ink-muted">{text}</p>}
      </div>
      <div className="max-w-2xl">{children}</div>
    </section>
  );
}

function ProfilePanel() {
  const { data, error, refetch } = useProfile();
  if (data) return <ProfileForm profile={data} onReload={async () => (await refetch()).data} />;
  if (!error) return <LoadingPanel label={messages.loading} />;
  return <ErrorState title={messages.loadFailed} message={describeError(error)} onRetry={() => void refetch()} />;
}

function Sessions() {
  const everywhere = useMutation({ mutationFn: () => session.signOut('global') });
  return (
    <>
      {everywhere.error && <Alert tone="danger" className="mb-4">{describeError(everywhere.error)}</Alert>}
      <Button variant="danger" busy={everywhere.isPending} onClick={() => { everywhere.mutate(); }}>
        {messages.signOutEverywhere}
      </Button>
    </>
  );
}
