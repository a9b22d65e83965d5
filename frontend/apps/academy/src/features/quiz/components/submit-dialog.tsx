import { describeError } from '@tt/api-client/error-messages';
import { Alert } from '@tt/ui/alert';
import { Button } from '@tt/ui/button';
import { Dialog } from '@tt/ui/dialog';
import { UnsavedAnswers } from '../hooks/use-submit';
import { messages } from '../messages';

interface SubmitDialogProps {
  open: boolean;
  missing: readonly number[];
  pending: boolean;
  error: Error | null;
  onClose: () => void;
  onSubmit: () => void;
}

export function SubmitDialog({ open, missing, pending, error, onClose, onSubmit }: SubmitDialogProps) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={messages.submitTitle}
      actions={
        <>
          <Button variant="secondary" onClick={onClose}>{messages.keepWorking}</Button>
          <Button busy={pending} onClick={onSubmit}>{messages.submit}</Button>
        </>
      }
    >
      <p className={missing.length > 0 ? 'font-semibold text-ink' : ''}>
        {missing.length > 0 ? messages.submitMissing(listText(missing), missing.length) : messages.submitAll}
      </p>
      <p className="mt-2">{messages.submitFinal}</p>
      {error && (
        <Alert tone="danger" title={messages.submitFailed} className="mt-4">
          {error instanceof UnsavedAnswers ? messages.submitUnsaved : describeError(error)}
        </Alert>
      )}
    </Dialog>
  );
}

function listText(numbers: readonly number[]): string {
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(numbers.map(String));
}
