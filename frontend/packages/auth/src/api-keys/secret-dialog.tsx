import type { ApiKeySecret } from '@tt/api-client/api-keys';
import { Button } from '@tt/ui/button';
import { Dialog } from '@tt/ui/dialog';
import { CopyButton } from '../settings/copy-button';
import { apiKeysText as text } from './messages';

export function SecretDialog({ made, onClose }: { made: ApiKeySecret; onClose: () => void }) {
  return (
    <Dialog
      open
      title={text.secretTitle}
      actions={<Button onClick={onClose}>{text.secretKept}</Button>}
    >
      <p>{text.secretLead}</p>
      <div className="mt-5 flex flex-wrap items-center justify-between gap-3 rounded-control bg-sunken px-4 py-3">
        <code aria-label={text.secretLabel} className="min-w-0 flex-1 basis-56 font-mono text-ink [overflow-wrap:anywhere]">{made.secret}</code>
        <CopyButton text={made.secret} />
      </div>
    </Dialog>
  );
}
