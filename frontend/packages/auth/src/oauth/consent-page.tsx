import { decideAuthorization, getAuthorization, releaseAuthorization, type Decision } from '@tt/api-client/oauth';
import { Container } from '@tt/ui/layout';
import { LoadingPanel } from '@tt/ui/spinner';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { RequireUser } from '../require-user';
import { session } from '../session';
import { useAccountKey } from '../settings/use-account';
import { useReturnFocus } from '../use-return-focus';
import { placeOf } from './app';
import { ConsentForm } from './consent-form';
import { isOver, RequestOver, RequestRefused } from './consent-states';
import { Leaving } from './leaving';
import { consent as text } from './messages';
import '../error-texts';

/** Mounted at /oauth/consent: where another program's wish to sign somebody in waits for their answer. */
export function ConsentPage() {
  const [query] = useSearchParams();
  const id = query.get('authorization_id') ?? '';
  if (!id) return <RequestRefused code={query.get('error_code')} />;
  return <RequireUser><Consent key={id} id={id} /></RequireUser>;
}

/** Whoever looks at a request owns it: it must be let go before another account can answer it. */
async function switchAccount(id: string): Promise<void> {
  try {
    await releaseAuthorization(id);
  } catch (error) {
    // Not ours to let go, or nobody's any more: the next account finds out.
    if (!isOver(error)) throw error;
  }
  await session.signOut();
}

function Consent({ id }: { id: string }) {
  // Asked once: a program that is agreed to already is answered with a code that is good for one minute.
  const asked = useQuery({ queryKey: useAccountKey(`authorization ${id}`), queryFn: () => getAuthorization(id), staleTime: Infinity, gcTime: 0 });
  const decide = useMutation({ mutationFn: (decision: Decision) => decideAuthorization(id, decision) });
  const change = useMutation({ mutationFn: () => switchAccount(id) });
  const { data } = asked;
  const target = decide.data ?? (data && 'redirect_url' in data ? data.redirect_url : null);
  const over = asked.error ?? (isOver(decide.error) ? decide.error : null);
  // The buttons go with the question: the focus stays in the page that says what came of it.
  useReturnFocus(data !== undefined && target === null && over === null, () => document.querySelector('main'));
  if (target !== null) return <Leaving to={target} place={placeOf(target)} />;
  if (over) return <RequestOver failure={over} onRetry={() => void asked.refetch()} />;
  if (!data || !('client' in data)) {
    return <Container width="text" className="py-16"><LoadingPanel label={text.loading} /></Container>;
  }
  return (
    <ConsentForm
      request={data}
      busy={decide.isPending ? decide.variables : change.isPending ? 'change' : null}
      failure={decide.error ?? change.error}
      onDecide={(decision) => { decide.mutate(decision); }}
      onOtherAccount={() => { change.mutate(); }}
    />
  );
}
