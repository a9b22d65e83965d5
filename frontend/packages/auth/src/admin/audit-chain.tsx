import { verifyAudit } from '@tt/api-client/audit';
import { describeError } from '@tt/api-client/error-messages';
import { Alert } from '@tt/ui/alert';
import { Button } from '@tt/ui/button';
import { useMutation } from '@tanstack/react-query';
import { messages } from '../settings/messages';
import { audit as text } from './messages';

export function AuditChain() {
  const verify = useMutation({ mutationFn: verifyAudit });
  const { data, error } = verify;
  return (
    <>
      {error && <Alert tone="danger" title={messages.failed} className="mb-4">{describeError(error)}</Alert>}
      {data && (
        <Alert tone={data.is_intact ? 'success' : 'danger'} className="mb-4">
          {data.is_intact ? text.intact(data.checked) : text.broken(`${data.break_reason ?? ''} (${String(data.break_seq ?? '')})`)}
        </Alert>
      )}
      <Button variant="secondary" busy={verify.isPending} onClick={() => { verify.mutate(); }}>{text.verify}</Button>
    </>
  );
}
