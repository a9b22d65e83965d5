import { buttonClass } from '@tt/ui/button';
import { cx } from '@tt/ui/cx';
import { FieldError } from '@tt/ui/field';
import { useId, useState } from 'react';
import { messages } from '../messages';

/** The server's limit (POST /api/v1/admin/imports). */
const MAX_BYTES = 2 ** 30;

export function ArchivePicker({ onFile }: { onFile: (file: File) => void }) {
  const [problem, setProblem] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const id = useId();
  const take = (file: File | undefined) => {
    if (!file) return;
    const found = problemOf(file);
    setProblem(found);
    if (!found) onFile(file);
  };
  return (
    // Dropping is a convenience; the button inside does the same.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => { setOver(false); }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files[0]);
      }}
      className={cx('flex flex-col items-center rounded-card border-2 border-dashed px-6 py-12 text-center', over ? 'border-accent bg-accent-soft' : 'border-line-strong/60')}
    >
      <input
        id={id}
        type="file"
        accept=".gz,.tgz,application/gzip"
        className="peer sr-only"
        aria-describedby={`${id}-hint`}
        onChange={(event) => { take(event.target.files?.[0]); }}
      />
      <label htmlFor={id} className={buttonClass({ size: 'lg', className: 'cursor-pointer peer-focus-visible:outline-3 peer-focus-visible:outline-offset-3 peer-focus-visible:outline-accent' })}>
        {messages.choose}
      </label>
      <p id={`${id}-hint`} className="mt-3 text-ink-muted">{messages.drop}. {messages.limit}</p>
      <div role="alert" className="mt-3 empty:hidden">{problem && <FieldError id={`${id}-error`}>{problem}</FieldError>}</div>
    </div>
  );
}

function problemOf(file: File): string | null {
  if (!/\.(tar\.gz|tgz)$/i.test(file.name)) return messages.wrongType;
  return file.size > MAX_BYTES ? messages.tooLarge : null;
}
