import { describeError } from '@tt/api-client/error-messages';
import type { CourseImport } from '@tt/api-client/imports';
import { Alert } from '@tt/ui/alert';
import { Badge, type Tone } from '@tt/ui/badge';
import { useState } from 'react';
import { useImports } from '../api/use-imports';
import { readReport } from '../lib/report';
import { messages } from '../messages';
import { ImportRun } from './import-run';

const TONES: Record<CourseImport['status'], Tone> = { queued: 'neutral', running: 'accent', done: 'success', failed: 'danger' };

export function ImportHistory() {
  const { data, error } = useImports();
  return (
    <section className="mt-16">
      <h2 className="text-heading">{messages.history}</h2>
      {error && <Alert tone="danger" title={messages.historyError} className="mt-4">{describeError(error)}</Alert>}
      {data?.length === 0 && <p className="mt-3 text-ink-muted">{messages.historyEmpty}</p>}
      <ul className="mt-4 divide-y divide-line">
        {data?.map((job) => <li key={job.id}><PastImport job={job} /></li>)}
      </ul>
    </section>
  );
}

function PastImport({ job }: { job: CourseImport }) {
  const [open, setOpen] = useState(false);
  const title = readReport(job.report)?.course?.title ?? messages.unnamed;
  return (
    <div className="py-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <span className="min-w-0 flex-1 basis-60 font-semibold break-words">{title}</span>
        <Badge tone={TONES[job.status]}>{messages.status[job.status]}</Badge>
        <button type="button" aria-expanded={open} onClick={() => { setOpen(!open); }} className="link min-h-8">
          {open ? messages.hide : messages.show}<span className="sr-only"> {title}</span>
        </button>
      </div>
      {open && <div className="py-4"><ImportRun id={job.id} /></div>}
    </div>
  );
}
