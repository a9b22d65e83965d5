import { useMemo, type RefObject } from 'react';
import { nextRate, type PlayerAction } from '../../lib/shortcuts';
import { usePlayerSettings } from '../../state/player-settings';

export interface PlayerCommands {
  run: (action: PlayerAction) => void;
  seekTo: (ms: number) => void;
  playFrom: (ms: number) => void;
  setRate: (rate: number) => void;
}

/** Everything that buttons, keys and transcript can do to the video. */
export function usePlayerCommands(
  video: RefObject<HTMLVideoElement | null>,
  frame: RefObject<HTMLElement | null>,
  toggleCaptions: () => void,
): PlayerCommands {
  return useMemo(() => {
    const seekTo = (ms: number) => {
      const element = video.current;
      if (!element) return;
      const end = Number.isFinite(element.duration) ? element.duration : Infinity;
      element.currentTime = Math.min(end, Math.max(0, ms / 1000));
    };
    const play = () => {
      // Refused when the browser wants a gesture or the file failed; the button then still says "Play".
      void video.current?.play().catch(() => undefined);
    };
    const setRate = (rate: number) => {
      if (video.current) video.current.playbackRate = rate;
      usePlayerSettings.getState().set({ rate });
    };
    const run = (action: PlayerAction) => {
      const element = video.current;
      if (!element) return;
      switch (action.kind) {
        case 'toggle':
          if (element.paused) play();
          else element.pause();
          break;
        case 'seek':
          seekTo(element.currentTime * 1000 + action.byMs);
          break;
        case 'rate':
          setRate(nextRate(element.playbackRate, action.direction));
          break;
        case 'captions':
          toggleCaptions();
          break;
        case 'mute':
          element.muted = !element.muted;
          break;
        case 'fullscreen':
          toggleFullscreen(frame.current, element);
          break;
      }
    };
    const playFrom = (ms: number) => {
      seekTo(ms);
      play();
    };
    return { run, seekTo, playFrom, setRate };
  }, [video, frame, toggleCaptions]);
}

/** iPhones can only show the bare video in full screen, not our controls. */
interface AppleVideo extends HTMLVideoElement {
  webkitEnterFullscreen?: () => void;
}

function toggleFullscreen(frame: HTMLElement | null, video: AppleVideo): void {
  if (document.fullscreenElement) void document.exitFullscreen();
  else if (frame && document.fullscreenEnabled) void frame.requestFullscreen();
  else video.webkitEnterFullscreen?.();
}
