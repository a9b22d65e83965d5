import { Dialog as HeadlessDialog, DialogBackdrop, DialogPanel, DialogTitle } from '@headlessui/react';
import type { ReactNode } from 'react';
import { messages } from './messages';

interface DialogProps {
  open: boolean;
  /** Without it only the actions close the dialog: for what is shown once and must not be lost to a stray key. */
  onClose?: () => void;
  title: string;
  children: ReactNode;
  actions?: ReactNode;
}

/** Modal: traps focus, closes on Escape, gives the focus back. */
export function Dialog({ open, onClose, title, children, actions }: DialogProps) {
  return (
    <HeadlessDialog open={open} onClose={() => onClose?.()} className="relative z-50">
      <DialogBackdrop className="fixed inset-0 bg-board/60 backdrop-blur-[2px]" />
      <div className="fixed inset-0 grid place-items-center overflow-y-auto p-4">
        <DialogPanel className="w-full max-w-lg rounded-card border border-line bg-surface p-6 shadow-float">
          <div className="flex items-start justify-between gap-4">
            <DialogTitle className="text-xl">{title}</DialogTitle>
            {onClose && <CloseButton onClose={onClose} />}
          </div>
          <div className="mt-3 text-ink-muted">{children}</div>
          {actions && <div className="mt-6 flex flex-wrap justify-end gap-3">{actions}</div>}
        </DialogPanel>
      </div>
    </HeadlessDialog>
  );
}

function CloseButton({ onClose }: { onClose: () => void }) {
  return (
    <button type="button" onClick={onClose} aria-label={messages.close} className="-m-2 grid size-10 place-items-center rounded-full hover:bg-sunken">
      <svg viewBox="0 0 20 20" className="size-5" aria-hidden="true" stroke="currentColor" strokeWidth="2" strokeLinecap="round">
        <path d="m5 5 10 10M15 5 5 15" />
      </svg>
    </button>
  );
}
