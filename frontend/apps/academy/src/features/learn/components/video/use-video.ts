import { useEffect, useState, type RefObject } from 'react';

export interface VideoState {
  playing: boolean;
  waiting: boolean;
  failed: boolean;
  positionMs: number;
  durationMs: number;
  bufferedMs: number;
  rate: number;
  muted: boolean;
}

const initial: VideoState = {
  playing: false,
  waiting: false,
  failed: false,
  positionMs: 0,
  durationMs: 0,
  bufferedMs: 0,
  rate: 1,
  muted: false,
};

const EVENTS = [
  'play',
  'playing',
  'pause',
  'ended',
  'waiting',
  'timeupdate',
  'seeked',
  'durationchange',
  'progress',
  'ratechange',
  'volumechange',
  'error',
  'loadedmetadata',
] as const;

/** The state of the element, read from it after each of its events: the element is the only truth. */
export function useVideo(ref: RefObject<HTMLVideoElement | null>, fallbackDurationMs: number): VideoState {
  const [state, setState] = useState<VideoState>({ ...initial, durationMs: fallbackDurationMs });
  useEffect(() => {
    const video = ref.current;
    if (!video) return;
    const read = (event: Event) => { setState(readState(video, event.type, fallbackDurationMs)); };
    for (const name of EVENTS) video.addEventListener(name, read);
    // The error of a <source> does not bubble; the last one failing means that nothing can be played.
    const lastSource = video.querySelector('source:last-of-type');
    lastSource?.addEventListener('error', read);
    return () => {
      for (const name of EVENTS) video.removeEventListener(name, read);
      lastSource?.removeEventListener('error', read);
    };
  }, [ref, fallbackDurationMs]);
  return state;
}

function readState(video: HTMLVideoElement, cause: string, fallbackDurationMs: number): VideoState {
  const { buffered } = video;
  return {
    playing: !video.paused && !video.ended,
    waiting: cause === 'waiting',
    failed: cause === 'error',
    positionMs: video.currentTime * 1000,
    durationMs: Number.isFinite(video.duration) ? video.duration * 1000 : fallbackDurationMs,
    bufferedMs: buffered.length > 0 ? buffered.end(buffered.length - 1) * 1000 : 0,
    rate: video.playbackRate,
    muted: video.muted,
  };
}
