import { Button } from '@tt/ui/button';
import { CheckboxField } from '@tt/ui/controls';
import { CourseCover } from '@tt/ui/course-cover';
import { ExternalLink } from '@tt/ui/text-link';
import { useState } from 'react';
import { playerMessages as messages } from '../../player-messages';
import { usePlayerSettings } from '../../state/player-settings';

/** YouTube's own page for embedding sets no cookies before playing; still nothing loads unasked. */
const EMBED = 'https://www.youtube-nocookie.com/embed/';

export function YoutubeVideo({ id, title }: { id: string; title: string }) {
  const always = usePlayerSettings((settings) => settings.youtube);
  const [asked, setAsked] = useState(false);
  if (!always && !asked) return <YoutubeConsent id={id} onLoad={() => { setAsked(true); }} />;
  return (
    <iframe
      src={`${EMBED}${encodeURIComponent(id)}?rel=0`}
      title={messages.player(title)}
      allow="fullscreen; picture-in-picture"
      allowFullScreen
      referrerPolicy="strict-origin-when-cross-origin"
      className="aspect-video w-full rounded-card border-0 bg-board"
    />
  );
}

function YoutubeConsent({ id, onLoad }: { id: string; onLoad: () => void }) {
  const set = usePlayerSettings((settings) => settings.set);
  const [remember, setRemember] = useState(false);
  const load = () => {
    if (remember) set({ youtube: true });
    onLoad();
  };
  return (
    <section className="relative isolate overflow-hidden rounded-card bg-board text-on-board sm:grid sm:min-h-80 sm:place-content-center">
      <CourseCover seed={id} className="absolute inset-0 -z-10 size-full opacity-10" />
      <div className="max-w-xl space-y-4 p-6 sm:p-8">
        <h2 className="text-heading">{messages.youtubeTitle}</h2>
        <p className="text-on-board-muted">{messages.youtubeText}</p>
        <CheckboxField label={messages.youtubeAlways} checked={remember} onChange={(event) => { setRemember(event.target.checked); }} />
        <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
          <Button variant="marker" onClick={load}>{messages.youtubePlay}</Button>
          <ExternalLink href={`https://www.youtube.com/watch?v=${encodeURIComponent(id)}`} target="_blank" className="text-on-board!">
            {messages.youtubeOpen}
          </ExternalLink>
        </div>
      </div>
    </section>
  );
}
