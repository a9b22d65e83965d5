import { queryClient, router } from './app';

/** However slow the data is, the app becomes usable after this. */
const LONGEST_WAIT_MS = 2500;

function isComplete(): boolean {
  return router.state.initialized && router.state.navigation.state === 'idle' && queryClient.isFetching() === 0;
}

/**
 * The server wrote the page's text into #root. It stays while the app builds the same page out of sight, so that a
 * reader never sees the text vanish behind a skeleton. Returns the element to render into.
 */
export function takeOver(root: HTMLElement): HTMLElement {
  if (!root.firstElementChild) return root;
  const host = document.createElement('div');
  host.hidden = true;
  root.append(host);
  const started = performance.now();
  const check = () => {
    if (!isComplete() && performance.now() - started < LONGEST_WAIT_MS) {
      setTimeout(check, 16);
      return;
    }
    host.hidden = false;
    root.replaceChildren(host);
  };
  setTimeout(check, 50);
  return host;
}
