import { describeError } from '@tt/api-client/error-messages';
import { Alert } from '@tt/ui/alert';
import { Button } from '@tt/ui/button';
import { Dialog } from '@tt/ui/dialog';
import type { ReactNode } from 'react';
import { messages } from './messages';

interface ConfirmDialogProps {
  open: boolean;
  title: string;
  text: ReactNode;
  /** What the button says that does it. */
  action: string;
  busy: boolean;
  failure: unknown;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks once more before something is gone. */
export function ConfirmDialog({ open, title, text, action, busy, failure, onConfirm, onClose }: ConfirmDialogProps) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={title}
      actions={
        <>
          <Button variant="secondary" onClick={onClose}>{messages.cancel}</Button>
          <Button variant="danger" busy={busy} onClick={onConfirm}>{action}</Button>
        </>
      }
    >
      {failure !== null && failure !== undefined && <Alert tone="danger" className="mb-4">{describeError(failure)}</Alert>}
      {text}
    </Dialog>
  );
}
