import { certificatePdfUrl, type MyCertificate } from '@tt/api-client/certificates';
import { describeError } from '@tt/api-client/error-messages';
import { Badge } from '@tt/ui/badge';
import { buttonClass, ButtonLink } from '@tt/ui/button';
import { formatDate } from '@tt/ui/format';
import { LoadingPanel } from '@tt/ui/spinner';
import { EmptyState, ErrorState } from '@tt/ui/states';
import { useMyCertificates } from '../api/use-certificates';
import { isValid } from '../lib/status';
import { messages } from '../messages';

export function CertificateList() {
  const { data, error, refetch } = useMyCertificates();
  if (!data) {
    if (!error) return <LoadingPanel label={messages.loading} />;
    return <ErrorState title={messages.errorTitle} message={describeError(error)} onRetry={() => { void refetch(); }} />;
  }
  if (data.length === 0) {
    return <EmptyState title={messages.emptyTitle} actions={<ButtonLink to="/courses">{messages.browse}</ButtonLink>}>{messages.emptyText}</EmptyState>;
  }
  return (
    <ul className="space-y-5">
      {data.map((certificate) => <li key={certificate.verification_code}><CertificateRow certificate={certificate} /></li>)}
    </ul>
  );
}

function CertificateRow({ certificate }: { certificate: MyCertificate }) {
  const { verification_code: code, course_title: course } = certificate;
  return (
    <article className="flex flex-wrap items-center gap-x-8 gap-y-4 rounded-card border border-line bg-surface p-6">
      <div className="min-w-0 flex-1 basis-72">
        <h2 className="text-xl">{course}</h2>
        <p className="mt-1 text-ink-muted">{certificate.recipient_name} · {messages.issuedOn(formatDate(certificate.issued_at))}</p>
        <p className="mt-2 flex flex-wrap items-center gap-3 text-sm text-ink-subtle">
          {messages.number(certificate.certificate_no)}
          <Badge tone={isValid(certificate.status) ? 'success' : 'danger'}>{messages.status(certificate.status)}</Badge>
        </p>
      </div>
      <p className="flex gap-3">
        <ButtonLink to={`/verify/${code}`}>{messages.open}<span className="sr-only"> {course}</span></ButtonLink>
        <a href={certificatePdfUrl(code)} aria-label={messages.pdfOf(course)} className={buttonClass({ variant: 'secondary' })}>{messages.pdf}</a>
      </p>
    </article>
  );
}
