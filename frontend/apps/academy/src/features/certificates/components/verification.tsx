import { isApiError } from '@tt/api-client/api-error';
import { certificatePdfUrl, type VerifiedCertificate } from '@tt/api-client/certificates';
import { describeError } from '@tt/api-client/error-messages';
import { buttonClass, ButtonLink } from '@tt/ui/button';
import { formatDate, formatNumber } from '@tt/ui/format';
import { LogoMark } from '@tt/ui/logo';
import { LoadingPanel } from '@tt/ui/spinner';
import { EmptyState, ErrorState } from '@tt/ui/states';
import { useVerification } from '../api/use-certificates';
import { isValid } from '../lib/status';
import { messages } from '../messages';
import { CompareFile } from './compare-file';

export function Verification({ code }: { code: string }) {
  const { data, error, refetch } = useVerification(code);
  if (data) return <Certificate certificate={data} />;
  if (!error) return <LoadingPanel label={messages.checking} />;
  if (isApiError(error) && error.status === 404) {
    return <EmptyState heading="h1" title={messages.unknownTitle} actions={<ButtonLink to="/verify" variant="secondary">{messages.another}</ButtonLink>}>{messages.unknownText}</EmptyState>;
  }
  return <ErrorState heading="h1" title={messages.checkErrorTitle} message={describeError(error)} onRetry={() => { void refetch(); }} />;
}

function Certificate({ certificate }: { certificate: VerifiedCertificate }) {
  const valid = isValid(certificate.status);
  return (
    <article>
      <p className={`flex items-center gap-3 rounded-t-card px-6 py-4 text-lg font-semibold ${valid ? 'bg-success-soft text-success' : 'bg-danger-soft text-danger'}`}>
        <svg viewBox="0 0 20 20" aria-hidden="true" className="size-6 shrink-0" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round">
          <circle cx="10" cy="10" r="8" />
          <path d={valid ? 'm6.2 10.3 2.6 2.6 5-5.4' : 'm7 7 6 6m0-6-6 6'} />
        </svg>
        {valid ? messages.valid : messages.notValid(messages.status(certificate.status))}
      </p>
      <div className="rounded-b-card border border-t-0 border-line bg-surface p-6 sm:p-10">
        <LogoMark className="size-12" />
        <p className="mt-6 text-ink-muted">{messages.certifies}</p>
        <h1 tabIndex={-1} className="mt-1 text-title break-words">{certificate.recipient_name}</h1>
        <p className="mt-4 text-ink-muted">{messages.completed}</p>
        <p className="mt-1 font-display text-2xl font-bold">{certificate.course_title}</p>
        <Facts certificate={certificate} />
        <a href={certificate.pdf_url ?? certificatePdfUrl(certificate.verification_code)} className={buttonClass({ className: 'mt-8' })}>
          {messages.download}
        </a>
      </div>
      {certificate.pdf_sha256 && <CompareFile sha256={certificate.pdf_sha256} />}
    </article>
  );
}

function Facts({ certificate }: { certificate: VerifiedCertificate }) {
  const { facts } = messages;
  const rows: [string, string | null][] = [
    [facts.status, messages.status(certificate.status)],
    [facts.issuer, certificate.issuer],
    [facts.issued, formatDate(certificate.issued_at)],
    [facts.grade, certificate.grade_percent === null ? null : `${formatNumber(Math.round(certificate.grade_percent * 10) / 10)} %`],
    [facts.hours, certificate.hours === null ? null : messages.hours(formatNumber(certificate.hours))],
    [facts.number, certificate.certificate_no],
    [facts.code, certificate.verification_code],
    [facts.sha, certificate.pdf_sha256],
  ];
  return (
    <dl className="mt-8 grid gap-x-8 gap-y-4 border-t border-line pt-6 sm:grid-cols-2">
      {rows.map(([name, value]) => value !== null && (
        <div key={name} className={name === facts.sha ? 'sm:col-span-2' : undefined}>
          <dt className="text-sm text-ink-subtle">{name}</dt>
          <dd className="font-semibold break-all">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
