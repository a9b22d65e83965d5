import { isApiError } from '@tt/api-client/api-error';
import { describeError } from '@tt/api-client/error-messages';
import { acceptInvitation, previewInvitation, type InvitationPreview } from '@tt/api-client/organizations';
import { Alert } from '@tt/ui/alert';
import { Button, ButtonLink } from '@tt/ui/button';
import { usePageMeta } from '@tt/ui/page-meta';
import { LoadingPanel } from '@tt/ui/spinner';
import { showToast } from '@tt/ui/toast-store';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { AuthCard } from '../auth-card';
import { useSession } from '../session';
import { messages, organizations as text } from '../settings/messages';
import { useReloadAccount } from '../settings/use-account';
import { invitationSlot } from '../storage';

/** The token stands in the fragment, which no server logs; signing in or up first leads away and back without it. */
function useInvitationToken(): string {
  const { hash } = useLocation();
  const [token] = useState(() => new URLSearchParams(hash.slice(1)).get('token') ?? invitationSlot.read() ?? '');
  useEffect(() => { if (token) invitationSlot.write(token); }, [token]);
  return token;
}

/** After these there is nothing to come back for. */
const FINAL = ['invitation_not_found', 'invitation_expired', 'invitation_used'];

function useForgetFinal(error: unknown): void {
  const isFinal = isApiError(error) && FINAL.includes(error.code);
  useEffect(() => { if (isFinal) invitationSlot.write(null); }, [isFinal]);
}

/** Mounted at /invitations: where the link in an invitation leads. */
export function InvitationPage() {
  usePageMeta({ title: text.invitationTitle, noindex: true });
  const token = useInvitationToken();
  const preview = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => previewInvitation(token),
    enabled: token !== '',
    retry: false,
  });
  const { data, error } = preview;
  useForgetFinal(error);
  const lead = data ? text.invitationLead(data.organization_name, text.roles[data.role].toLowerCase()) : '';
  return (
    <AuthCard title={text.invitationTitle} lead={lead} footer={null}>
      {!token && <Alert tone="warning">{text.invitationIncomplete}</Alert>}
      {error && <Alert tone="danger" title={text.invitationFailed}>{describeError(error)}</Alert>}
      {token && preview.isPending && <LoadingPanel label={messages.loading} />}
      {data && <Accept token={token} invitation={data} />}
    </AuthCard>
  );
}

function Accept({ token, invitation }: { token: string; invitation: InvitationPreview }) {
  const { user } = useSession();
  const navigate = useNavigate();
  const reload = useReloadAccount();
  const accept = useMutation({
    mutationFn: () => acceptInvitation(token),
    onSuccess: async ({ id, name }) => {
      invitationSlot.write(null);
      showToast(text.joined(name));
      await reload();
      await navigate(`/account/organizations/${id}`, { replace: true });
    },
  });
  useForgetFinal(accept.error);
  return (
    <div className="flex flex-col items-start gap-5">
      {accept.error && <Alert tone="danger" title={messages.failed} className="self-stretch">{describeError(accept.error)}</Alert>}
      {invitation.email_hint && <p className="text-ink-muted">{text.invitationFor(invitation.email_hint)}</p>}
      {user ? (
        <>
          <p className="text-ink-muted">{text.invitationSignedIn(user.email)}</p>
          <Button size="lg" busy={accept.isPending} onClick={() => { accept.mutate(); }}>{text.accept}</Button>
        </>
      ) : (
        <ButtonLink size="lg" to="/sign-in?next=%2Finvitations">{text.signInToAccept}</ButtonLink>
      )}
    </div>
  );
}
