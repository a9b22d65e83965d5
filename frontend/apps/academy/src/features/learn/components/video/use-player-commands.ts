import { useMemo, type RefObject } from 'react';
import { nextRate, type PlayerAction } from '../../lib/shortcuts';
import { usePlayerSettings } from '../../state/player-settings';
import { moveTo, play, setRate, toggleFullscreen, toggleSound } from './element';

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
    const onVideo = (change: (element: HTMLVideoElement) => void) => {
      if (video.current) change(video.current);
    };
    const rememberRate = (element: HTMLVideoElement, rate: number) => {
      setRate(element, rate);
      usePlayerSettings.getState().set({ rate });
    };
    const actions: Record<PlayerAction['kind'], (element: HTMLVideoElement, action: PlayerAction) => void> = {
      toggle: (element) => {
        if (element.paused) play(element);
        else element.pause();
      },
      seek: (element, action) => { if (action.kind === 'seek') moveTo(element, element.currentTime * 1000 + action.byMs); },
      rate: (element, action) => { if (action.kind === 'rate') rememberRate(element, nextRate(element.playbackRate, action.direction)); },
      captions: toggleCaptions,
      mute: toggleSound,
      fullscreen: (element) => { toggleFullscreen(frame.current, element); },
    };
    return {
      run: (action) => { onVideo((element) => { actions[action.kind](element, action); }); },
      seekTo: (ms) => { onVideo((element) => { moveTo(element, ms); }); },
      playFrom: (ms) => {
        onVideo((element) => {
          moveTo(element, ms);
          play(element);
        });
      },
      setRate: (rate) => { onVideo((element) => { rememberRate(element, rate); }); },
    };
  }, [video, frame, toggleCaptions]);
}
