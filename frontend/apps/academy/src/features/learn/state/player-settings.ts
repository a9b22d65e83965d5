import { create } from 'zustand';
import { persist } from 'zustand/middleware';

interface PlayerSettings {
  rate: number;
  /** Language of the captions, or null when they are off. */
  captions: string | null;
  shortcuts: boolean;
  /** The learner agreed to load every YouTube video. */
  youtube: boolean;
  set: (change: Partial<Pick<PlayerSettings, 'rate' | 'captions' | 'shortcuts' | 'youtube'>>) => void;
}

/** How this person likes to watch; kept in the browser. */
export const usePlayerSettings = create<PlayerSettings>()(
  persist(
    (set) => ({
      rate: 1,
      captions: null,
      shortcuts: true,
      youtube: false,
      set: (change) => { set(change); },
    }),
    { name: 'tt.player', version: 1 },
  ),
);
