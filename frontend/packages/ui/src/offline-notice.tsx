import { useSyncExternalStore } from 'react';
import { Container } from './layout';

function subscribe(callback: () => void): () => void {
  window.addEventListener('online', callback);
  window.addEventListener('offline', callback);
  return () => {
    window.removeEventListener('online', callback);
    window.removeEventListener('offline', callback);
  };
}

/** Says what still works without a connection; each site words that itself. */
export function OfflineNotice({ text }: { text: string }) {
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  return (
    <div role="status">
      {!online && (
        <div className="bg-warning-soft py-2 text-center text-warning">
          <Container>{text}</Container>
        </div>
      )}
    </div>
  );
}
