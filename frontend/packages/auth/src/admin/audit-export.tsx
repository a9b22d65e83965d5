import { exportAudit, type AuditSearch } from '@tt/api-client/audit';
import { describeError } from '@tt/api-client/error-messages';
import { Alert } from '@tt/ui/alert';
import { Button } from '@tt/ui/button';
import { saveFile } from '@tt/ui/save-file';
import { useMutation } from '@tanstack/react-query';
import { messages } from '../settings/messages';
import { audit as text } from './messages';

const formats = [
  { format: 'csv', label: text.exportCsv },
  { format: 'ndjson', label: text.exportNdjson },
] as const;

/** What the search above finds, all of it. */
export function AuditExport({ search }: { search: AuditSearch }) {
  const write = useMutation({
    mutationFn: (format: 'csv' | 'ndjson') => exportAudit(search, format),
    onSuccess: (file, format) => { saveFile(file, text.file(format)); },
  });
  return (
    <>
      {write.error && <Alert tone="danger" title={messages.failed} className="mb-4">{describeError(write.error)}</Alert>}
      <div className="flex flex-wrap gap-3">
        {formats.map(({ format, label }) => (
          <Button key={format} variant="secondary" busy={write.isPending && write.variables === format} onClick={() => { write.mutate(format); }}>{label}</Button>
        ))}
      </div>
    </>
  );
}
