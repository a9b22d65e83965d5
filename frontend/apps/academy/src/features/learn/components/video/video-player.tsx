import type { Video } from '@tt/api-client/lessons';
import { useId, useRef } from 'react';
import { usePlayerSettings } from '../../state/player-settings';
import { playerMessages as messages } from '../../player-messages';
import { PlayerControls } from './player-controls';
import { ResumeNotice } from './resume-notice';
import { SeekBar } from './seek-bar';
import { ShortcutSettings } from './shortcut-settings';
import { Transcript } from './transcript';
import { useCaptions } from './use-captions';
import { usePlayerCommands } from './use-player-commands';
import { usePlayerShortcuts } from './use-player-shortcuts';
import { useResume } from './use-resume';
import { useVideo } from './use-video';
import { useWatchTracking } from './use-watch-tracking';
import { VideoProblem } from './video-problem';

interface VideoPlayerProps {
  video: Video;
  title: string;
  courseId: string;
  lessonId: string;
  blockId: string;
  serverPositionMs: number | null;
}

export function VideoPlayer({ video, title, ...subject }: VideoPlayerProps) {
  const frame = useRef<HTMLDivElement>(null);
  const element = useRef<HTMLVideoElement>(null);
  const state = useVideo(element, video.duration_ms ?? 0);
  const resumedMs = useResume(element, subject, video.duration_ms);
  const captions = useCaptions(element, video.captions);
  const commands = usePlayerCommands(element, frame, captions.toggle);
  const shortcuts = usePlayerSettings((settings) => settings.shortcuts);
  usePlayerShortcuts(frame, commands.run, shortcuts);
  useWatchTracking(element, subject);
  const label = useId();

  return (
    <section aria-labelledby={label}>
      <h2 id={label} className="sr-only">{messages.player(title)}</h2>
      <div ref={frame} className="player bg-board text-on-board">
        <div className="relative min-h-0 flex-1 bg-black">
          {/* A click or tap on the picture is a convenience; the same command has a button and a key. */}
          {/* Captions are there whenever the course has some; the rule cannot see a list. */}
          {/* eslint-disable-next-line jsx-a11y/media-has-caption */}
          <video
            ref={element}
            poster={video.poster_url ?? undefined}
            preload="metadata"
            playsInline
            onClick={() => { commands.run({ kind: 'toggle' }); }}
            className="aspect-video size-full max-h-[80vh] object-contain"
          >
            {video.sources.map((source) => (
              <source key={source.url} src={source.url} type={source.type ?? undefined} />
            ))}
            {video.captions.map((track) => (
              <track key={track.url} kind="captions" src={track.url} srcLang={track.language} label={track.label ?? track.language} />
            ))}
          </video>
          {state.waiting && !state.failed && <p role="status" className="absolute top-3 left-3 rounded-full bg-board px-3 py-1 text-sm">{messages.buffering}</p>}
          {state.failed && <VideoProblem onRetry={() => { element.current?.load(); }} />}
        </div>
        <div className="px-3 pt-2 pb-3 sm:px-4">
          <SeekBar state={state} onSeek={commands.seekTo} />
          <PlayerControls state={state} commands={commands} captions={captions} />
        </div>
      </div>
      <ResumeNotice resumedMs={resumedMs} onStartOver={() => { commands.seekTo(0); }} />
      {captions.transcriptUrl && (
        <Transcript url={captions.transcriptUrl} positionMs={state.positionMs} onJump={commands.playFrom} />
      )}
      <ShortcutSettings />
    </section>
  );
}
