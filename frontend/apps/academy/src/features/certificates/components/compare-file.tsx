import { Alert } from '@tt/ui/alert';
import { buttonClass } from '@tt/ui/button';
import { cx } from '@tt/ui/cx';
import { useId, useState, type DragEvent } from 'react';
import { sameHash, sha256Hex } from '../lib/file-hash';
import { messages } from '../messages';

type Outcome = 'none' | 'working' | 'same' | 'different';

/** Tells whether a PDF in hand is the one that was issued. Nothing leaves the browser. */
export function CompareFile({ sha256 }: { sha256: string }) {
  const [outcome, setOutcome] = useState<Outcome>('none');
  const [over, setOver] = useState(false);
  const id = useId();
  const compare = async (file: File | undefined) => {
    if (!file) return;
    setOutcome('working');
    setOutcome(sameHash(await sha256Hex(file), sha256) ? 'same' : 'different');
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void compare(event.dataTransfer.files[0]);
  };
  return (
    // Dropping is a convenience; the button inside does the same.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      aria-labelledby={`${id}-title`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => { setOver(false); }}
      onDrop={drop}
      className={cx('mt-6 rounded-card border-2 border-dashed p-6', over ? 'border-accent bg-accent-soft' : 'border-line-strong/60')}
    >
      <h2 id={`${id}-title`} className="text-xl">{messages.compareTitle}</h2>
      <p className="mt-1 text-ink-muted">{messages.compareText}</p>
      <input
        id={id}
        type="file"
        accept="application/pdf"
        className="peer sr-only"
        onChange={(event) => { void compare(event.target.files?.[0]); }}
      />
      <label htmlFor={id} className={buttonClass({ variant: 'secondary', className: 'mt-4 cursor-pointer peer-focus-visible:outline-3 peer-focus-visible:outline-accent' })}>
        {messages.choose}
      </label>
      <div className="mt-4 empty:hidden" aria-live="polite">
        {outcome === 'working' && <p>{messages.comparing}</p>}
        {outcome === 'same' && <Alert tone="success">{messages.same}</Alert>}
        {outcome === 'different' && <Alert tone="danger">{messages.different}</Alert>}
      </div>
    </section>
  );
}
