import { describeError } from '@tt/api-client/error-messages';
import { Alert } from '@tt/ui/alert';
import { Button } from '@tt/ui/button';
import { PageHeading } from '@tt/ui/layout';
import { usePageMeta } from '@tt/ui/page-meta';
import { Progress } from '@tt/ui/progress';
import { useState } from 'react';
import { useUpload } from '../api/use-imports';
import { messages } from '../messages';
import { ArchivePicker } from './archive-picker';
import { ImportHistory } from './import-history';
import { ImportRun } from './import-run';

export function ImportPage() {
  usePageMeta({ title: messages.title, noindex: true });
  const [fraction, setFraction] = useState(0);
  const upload = useUpload(setFraction);
  const start = (file: File) => {
    setFraction(0);
    upload.mutate(file);
  };
  return (
    <div className="max-w-3xl pb-12">
      <PageHeading title={messages.title} lead={messages.lead} />
      <div className="mt-10 space-y-6">
        {upload.isIdle && <ArchivePicker onFile={start} />}
        {upload.isPending && (
          <section className="rounded-card border border-line bg-surface p-6">
            <p className="mb-3 font-semibold">{messages.uploading(upload.variables.name)}</p>
            <Progress label={messages.uploading(upload.variables.name)} value={Math.round(fraction * 100)} max={100} valueText={messages.percent(fraction * 100)} />
            <p className="mt-2 text-sm text-ink-muted">{messages.percent(fraction * 100)}</p>
          </section>
        )}
        {upload.error && <Alert tone="danger" title={messages.uploadFailed}>{describeError(upload.error)}</Alert>}
        {upload.data && <ImportRun key={upload.data} id={upload.data} />}
        {(upload.data ?? upload.error) && <Button variant="secondary" onClick={upload.reset}>{messages.another}</Button>}
      </div>
      <ImportHistory />
    </div>
  );
}
