import { verifyLink } from '@tt/api-client/auth-links';
import { describeError } from '@tt/api-client/error-messages';
import { Alert } from '@tt/ui/alert';
import { Button } from '@tt/ui/button';
import { usePageMeta } from '@tt/ui/page-meta';
import { useMutation } from '@tanstack/react-query';
import { useNavigate, useSearchParams } from 'react-router';
import { AuthCard } from '../auth-card';
import { messages } from '../messages';
import { safeNextPath, secondStepPath } from '../next-path';
import { session } from '../session';
import { destinationOf } from './callback';

/** `next` inside an address of ours that the mail asked for; any other address counts for nothing. */
export function nextOf(redirectTo: string | null, home: string): string {
  if (!redirectTo || !URL.canParse(redirectTo)) return home;
  const url = new URL(redirectTo);
  if (url.origin !== window.location.origin) return home;
  return safeNextPath(url.searchParams.get('next'), home);
}

/** Mounted at /session/confirm: mailed links that machines follow end here, and only a person presses the button. */
export function ConfirmPage({ home }: { home: string }) {
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const type = query.get('type') ?? '';
  const token = query.get('token_hash') ?? query.get('token') ?? '';
  const title = messages.confirmTitles[type] ?? messages.signIn;
  usePageMeta({ title, noindex: true });
  const confirm = useMutation({
    mutationFn: () => verifyLink(type, token),
    onSuccess: async (answer) => {
      if (!answer) return;
      const path = destinationOf(type, safeNextPath(query.get('next'), nextOf(query.get('redirect_to'), home)));
      await navigate(session.begin(answer) === 'signed_in' ? path : secondStepPath(path), { replace: true });
    },
  });
  if (confirm.data === null) {
    return <AuthCard title={messages.changeAccepted} lead={messages.changeAcceptedText} footer={null}>{null}</AuthCard>;
  }
  return (
    <AuthCard title={title} lead={messages.confirmLead} footer={null}>
      {confirm.error && <Alert tone="danger" title={messages.callbackFailed} className="mb-6">{describeError(confirm.error)}</Alert>}
      {token ? (
        <Button size="lg" busy={confirm.isPending} onClick={() => { confirm.mutate(); }}>{messages.confirmButton}</Button>
      ) : (
        <Alert tone="warning">{messages.confirmIncomplete}</Alert>
      )}
    </AuthCard>
  );
}
