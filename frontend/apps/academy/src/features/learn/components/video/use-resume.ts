import { useEffect, useState, type RefObject } from 'react';
import { chooseResumeMs, PositionStore } from '../../lib/resume-position';
import { usePlayerSettings } from '../../state/player-settings';
import { useProgress } from '../../state/progress-context';
import { moveTo, setRate } from './element';

interface Subject {
  blockId: string;
  serverPositionMs: number | null;
}

/** Moves the playhead to where the learner left, once, and tells where that was (0: from the start). */
export function useResume(
  ref: RefObject<HTMLVideoElement | null>,
  { blockId, serverPositionMs }: Subject,
  durationMs: number | null,
): number {
  const progress = useProgress();
  const userId = progress?.userId ?? null;
  // Fixed at the first render: later positions of the server are our own reports coming back.
  const [resumeMs] = useState(() =>
    userId ? chooseResumeMs(serverPositionMs, new PositionStore(userId).read(blockId), durationMs) : 0,
  );
  useEffect(() => {
    const video = ref.current;
    if (!video) return;
    const prepare = () => {
      setRate(video, usePlayerSettings.getState().rate);
      if (resumeMs > 0 && video.currentTime === 0) moveTo(video, resumeMs);
    };
    if (video.readyState >= HTMLMediaElement.HAVE_METADATA) prepare();
    video.addEventListener('loadedmetadata', prepare);
    return () => { video.removeEventListener('loadedmetadata', prepare); };
  }, [ref, resumeMs]);
  return resumeMs;
}
