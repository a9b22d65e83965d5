import { Disclosure } from '@tt/ui/disclosure';
import { formatNumber } from '@tt/ui/format';
import type { ReactNode } from 'react';
import type { ReportView } from '../lib/report';
import { messages } from '../messages';

const words = messages.report;

/** The whole report: what changed first, what needs a person's eye next, everything as JSON last. */
export function ImportReport({ report, raw }: { report: ReportView; raw: unknown }) {
  return (
    <div className="space-y-2">
      {report.counts.length > 0 && <Counts counts={report.counts} />}
      {report.unsupported.length > 0 && (
        <Disclosure title={words.unsupported(report.unsupported.length)} defaultOpen>
          <p>{words.unsupportedText}</p>
          <ul className="mt-3 space-y-3">
            {report.unsupported.map((item, index) => (
              <li key={index}>
                <span className="font-semibold text-ink">{item.title || item.type}</span> <code className="text-sm">{item.type}</code>
                <span className="block text-sm">{item.path}</span>
                <span className="block text-sm">{item.detail}</span>
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
      <TextList title={words.warnings(report.warnings.length)} lines={report.warnings.map(({ path, message }) => (path ? `${path}: ${message}` : message))} />
      <TextList title={words.unresolved(report.unresolved.length)} lines={report.unresolved} />
      <TextList title={words.alt(report.imagesWithoutAlt.length)} lines={report.imagesWithoutAlt} />
      {report.contents.length > 0 && (
        <Disclosure title={words.yield}>
          <FactList rows={report.contents.map(({ name, count }) => [name.replace(/_/g, ' '), formatNumber(count)])} />
        </Disclosure>
      )}
      <Disclosure title={words.facts}>
        <FactList
          rows={[
            ...report.facts.map(({ key, value }): [string, string] => [words[key], formatNumber(value)]),
            ...(report.durationMs === null ? [] : [[words.duration, words.seconds((report.durationMs / 1000).toFixed(1))] as [string, string]]),
          ]}
        />
      </Disclosure>
      <Disclosure title={words.raw}>
        {/* Scrolls, so the keyboard must be able to reach it. */}
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <pre tabIndex={0} aria-label={words.raw} className="max-h-96 overflow-auto rounded-control bg-sunken p-4 text-sm">{JSON.stringify(raw, null, 2)}</pre>
      </Disclosure>
    </div>
  );
}

function Counts({ counts }: { counts: ReportView['counts'] }) {
  const columns = ['created', 'updated', 'unchanged', 'removed'] as const;
  return (
    <section>
      <h3 className="text-xl">{words.counts}</h3>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div role="region" aria-label={words.counts} tabIndex={0} className="mt-3 overflow-x-auto">
        <table className="w-full text-left">
          <thead>
            <tr className="border-b border-line text-sm text-ink-muted">
              <th scope="col" className="py-2 pr-4 font-semibold">{words.type}</th>
              {columns.map((column) => <th key={column} scope="col" className="px-3 py-2 text-right font-semibold">{words[column]}</th>)}
            </tr>
          </thead>
          <tbody>
            {counts.map((row) => (
              <tr key={row.kind} className="border-b border-line">
                <th scope="row" className="py-2 pr-4 font-medium first-letter:uppercase">{row.kind.replace(/_/g, ' ')}</th>
                {columns.map((column) => <td key={column} className="px-3 py-2 text-right tabular-nums">{formatNumber(row[column])}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function TextList({ title, lines }: { title: string; lines: readonly string[] }): ReactNode {
  if (lines.length === 0) return null;
  return (
    <Disclosure title={title}>
      <ul className="list-disc space-y-1 pl-5 break-words">{lines.map((line, index) => <li key={index}>{line}</li>)}</ul>
    </Disclosure>
  );
}

function FactList({ rows }: { rows: readonly (readonly [string, string])[] }) {
  return (
    <dl className="grid gap-x-8 gap-y-1 sm:grid-cols-2">
      {rows.map(([name, value]) => (
        <div key={name} className="flex justify-between gap-4 border-b border-line py-1">
          <dt className="first-letter:uppercase">{name}</dt>
          <dd className="font-semibold text-ink tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
