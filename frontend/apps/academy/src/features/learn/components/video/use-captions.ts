import type { Video } from '@tt/api-client/lessons';
import { useCallback, useEffect, type RefObject } from 'react';
import { usePlayerSettings } from '../../state/player-settings';
import { showTrack } from './element';

export interface Captions {
  available: Video['captions'];
  /** Language shown, or null. */
  shown: string | null;
  show: (language: string | null) => void;
  toggle: () => void;
  /** The text for the panel: the language of the captions, else the first one. */
  transcriptUrl: string | null;
}

export function useCaptions(video: RefObject<HTMLVideoElement | null>, available: Video['captions']): Captions {
  const wanted = usePlayerSettings((settings) => settings.captions);
  const first = available[0]?.language ?? null;
  const shown = available.find((track) => track.language === wanted)?.language ?? (wanted ? first : null);

  useEffect(() => {
    const element = video.current;
    if (!element) return;
    const apply = () => { showTrack(element, shown); };
    apply();
    element.textTracks.addEventListener('addtrack', apply);
    return () => { element.textTracks.removeEventListener('addtrack', apply); };
  }, [video, shown]);

  const show = useCallback((language: string | null) => {
    usePlayerSettings.getState().set({ captions: language });
  }, []);
  const toggle = useCallback(() => { show(shown ? null : first); }, [show, shown, first]);
  const transcript = available.find((track) => track.language === shown) ?? available[0];
  return { available, shown, show, toggle, transcriptUrl: transcript?.url ?? null };
}
