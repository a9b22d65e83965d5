import { describeError } from '@tt/api-client/error-messages';
import type { CourseImport } from '@tt/api-client/imports';
import { Alert } from '@tt/ui/alert';
import { ButtonLink } from '@tt/ui/button';
import { Progress } from '@tt/ui/progress';
import { useImport } from '../api/use-imports';
import { errorText, readReport } from '../lib/report';
import { messages } from '../messages';
import { ImportReport } from './import-report';

/** One import from the queue to its report. */
export function ImportRun({ id }: { id: string }) {
  const { data, error } = useImport(id);
  if (!data) return error ? <Alert tone="danger" title={messages.statusLost}>{describeError(error)}</Alert> : null;
  if (data.status === 'failed') {
    return (
      <Alert tone="danger" title={messages.failedTitle}>
        <p>{errorText(data.error)}</p>
        <p>{messages.failedText}</p>
      </Alert>
    );
  }
  return data.status === 'done' ? <ImportDone job={data} /> : <ImportProgress job={data} />;
}

function ImportProgress({ job }: { job: CourseImport }) {
  const percent = job.percent ?? 0;
  const stage = job.stage ? messages.stage(job.stage) : messages.waiting;
  return (
    <section className="rounded-card border border-line bg-surface p-6">
      <p className="font-semibold">{messages.importing}</p>
      <Progress className="mt-3" label={messages.importing} value={percent} max={100} valueText={`${stage}, ${messages.percent(percent)}`} />
      <p role="status" className="mt-2 text-sm text-ink-muted first-letter:uppercase">{stage}</p>
    </section>
  );
}

function ImportDone({ job }: { job: CourseImport }) {
  const report = readReport(job.report);
  const unchanged = report !== null && report.counts.length > 0 && report.changed === 0;
  return (
    <div className="space-y-6">
      <Alert
        tone="success"
        title={unchanged ? messages.unchangedTitle : messages.doneTitle}
        actions={report?.course && <ButtonLink to={`/courses/${report.course.slug}`} size="sm">{messages.openCourse}</ButtonLink>}
      >
        {report?.course?.title}
      </Alert>
      {report && <ImportReport report={report} raw={job.report} />}
    </div>
  );
}
