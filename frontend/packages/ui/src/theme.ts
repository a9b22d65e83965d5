import { create } from 'zustand';

export type Theme = 'light' | 'dark';

const ONE_YEAR_SECONDS = 31_536_000;

interface ThemeState {
  theme: Theme;
  toggle: () => void;
}

/** A cookie rather than localStorage: both sites share a host name, and one choice should hold on both. */
function remember(theme: Theme): void {
  document.cookie = `tt_theme=${theme}; path=/; max-age=${String(ONE_YEAR_SECONDS)}; samesite=lax`;
}

export const useTheme = create<ThemeState>()((set, get) => ({
  theme: document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light',
  toggle: () => {
    const theme = get().theme === 'dark' ? 'light' : 'dark';
    document.documentElement.dataset['theme'] = theme;
    remember(theme);
    set({ theme });
  },
}));
