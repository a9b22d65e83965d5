import { Button } from '@tt/ui/button';
import { Dialog } from '@tt/ui/dialog';
import { saveFile } from '@tt/ui/save-file';
import { CopyButton } from './copy-button';
import { security } from './messages';
import { codesText, readable } from './recovery-codes';

interface RecoveryCodesDialogProps {
  email: string;
  codes: string[];
  onClose: () => void;
}

/** Shown once: to copy, to download or on paper. */
export function RecoveryCodesDialog({ email, codes, onClose }: RecoveryCodesDialogProps) {
  const text = codesText(email, codes);
  return (
    <Dialog
      open
      title={security.codesTitle}
      actions={<Button onClick={onClose}>{security.codesKept}</Button>}
    >
      <p>{security.codesLead}</p>
      <ol aria-label={security.codesTitle} className="print-only mt-5 grid gap-x-8 gap-y-1.5 rounded-control bg-sunken px-5 py-4 font-mono text-ink sm:grid-cols-2">
        {codes.map((code) => <li key={code}>{readable(code)}</li>)}
      </ol>
      <div className="mt-4 flex flex-wrap gap-2">
        <CopyButton text={text} />
        <Button size="sm" variant="secondary" onClick={() => { saveFile(new Blob([text], { type: 'text/plain' }), security.codesFile); }}>{security.download}</Button>
        <Button size="sm" variant="secondary" onClick={() => { window.print(); }}>{security.print}</Button>
      </div>
    </Dialog>
  );
}
