import { Disclosure } from '@tt/ui/disclosure';
import { Input } from '@tt/ui/controls';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranscript } from '../../api/use-transcript';
import { clockText } from '../../lib/format-time';
import { activeCueIndex, searchCues, type Cue } from '../../lib/transcript';
import { playerMessages as messages } from '../../player-messages';

interface TranscriptProps {
  url: string;
  positionMs: number;
  onJump: (ms: number) => void;
}

export function Transcript({ url, positionMs, onJump }: TranscriptProps) {
  return (
    <Disclosure title={messages.transcript} defaultOpen className="mt-4">
      <TranscriptBody url={url} positionMs={positionMs} onJump={onJump} />
    </Disclosure>
  );
}

function TranscriptBody({ url, positionMs, onJump }: TranscriptProps) {
  const { data: cues, isError } = useTranscript(url);
  const [search, setSearch] = useState('');
  const list = useRef<HTMLOListElement>(null);
  const id = useId();
  const active = cues ? activeCueIndex(cues, positionMs) : -1;
  useFollow(list, active);
  if (isError) return <p>{messages.transcriptFailed}</p>;
  if (!cues) return null;
  const found = searchCues(cues, search);
  return (
    <>
      <label htmlFor={id} className="sr-only">{messages.transcriptSearch}</label>
      <Input id={id} type="search" value={search} placeholder={messages.transcriptSearch} onChange={(event) => { setSearch(event.target.value); }} />
      <ol ref={list} className="relative mt-3 max-h-72 overflow-y-auto">
        {found.map((index) => {
          const cue = cues[index];
          return cue && <CueLine key={index} cue={cue} index={index} active={index === active} onJump={onJump} />;
        })}
      </ol>
      <p role="status" className={found.length === 0 ? 'py-2' : 'sr-only'}>{found.length === 0 ? messages.transcriptEmpty : ''}</p>
    </>
  );
}

interface CueLineProps {
  cue: Cue;
  index: number;
  active: boolean;
  onJump: (ms: number) => void;
}

function CueLine({ cue, index, active, onJump }: CueLineProps) {
  return (
    <li data-cue={index}>
      <button
        type="button"
        aria-current={active ? 'true' : undefined}
        onClick={() => { onJump(cue.startMs); }}
        className="flex min-h-9 w-full items-baseline gap-4 rounded-lg px-3 py-1.5 text-left hover:bg-sunken aria-[current]:bg-accent-soft aria-[current]:text-on-accent-soft"
      >
        <span className="w-12 shrink-0 text-sm tabular-nums opacity-80">
          <span className="sr-only">{messages.transcriptJump(clockText(cue.startMs))}: </span>
          <span aria-hidden="true">{clockText(cue.startMs)}</span>
        </span>
        <span>{cue.text}</span>
      </button>
    </li>
  );
}

/** Keeps the spoken line in view inside its own list; the page itself never moves. */
function useFollow(list: React.RefObject<HTMLOListElement | null>, active: number): void {
  useEffect(() => {
    const box = list.current;
    const line = box?.querySelector<HTMLElement>(`[data-cue="${String(active)}"]`);
    if (!box || !line || box.contains(document.activeElement)) return;
    const above = line.offsetTop < box.scrollTop;
    const below = line.offsetTop + line.offsetHeight > box.scrollTop + box.clientHeight;
    if (above || below) box.scrollTo({ top: line.offsetTop - box.clientHeight / 3 });
  }, [list, active]);
}
