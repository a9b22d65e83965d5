import { Container } from '@tt/ui/layout';
import { useSyncExternalStore } from 'react';
import { messages } from './messages';

function subscribe(callback: () => void): () => void {
  window.addEventListener('online', callback);
  window.addEventListener('offline', callback);
  return () => {
    window.removeEventListener('online', callback);
    window.removeEventListener('offline', callback);
  };
}

export function OfflineNotice() {
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  return (
    <div role="status">
      {!online && (
        <div className="bg-warning-soft py-2 text-center text-warning">
          <Container>{messages.offline}</Container>
        </div>
      )}
    </div>
  );
}
