import { cx } from './cx';
import { messages } from './messages';
import { useToasts } from './toast-store';

/** The live region is always there, or the first message would not be announced. */
export function Toasts() {
  const { toasts, dismiss } = useToasts();
  return (
    <div role="status" aria-live="polite" className="pointer-events-none fixed inset-x-4 bottom-4 z-50 flex flex-col items-center gap-2">
      {toasts.map((toast) => (
        <div
          key={toast.id}
          className={cx(
            'pointer-events-auto flex items-center gap-3 rounded-full py-2 pr-2 pl-5 font-medium shadow-float',
            toast.tone === 'success' ? 'bg-board text-on-board' : 'bg-danger-soft text-danger',
          )}
        >
          {toast.text}
          <button type="button" onClick={() => { dismiss(toast.id); }} className="min-h-8 rounded-full px-3 text-sm underline">
            {messages.close}
          </button>
        </div>
      ))}
    </div>
  );
}
