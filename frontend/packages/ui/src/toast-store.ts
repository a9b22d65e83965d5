import { create } from 'zustand';

export interface ToastMessage {
  id: number;
  text: string;
  tone: 'success' | 'danger';
}

/** Long enough to read twice; errors that need an answer belong in an Alert, not here. */
const VISIBLE_MS = 6000;

interface ToastState {
  toasts: ToastMessage[];
  dismiss: (id: number) => void;
}

export const useToasts = create<ToastState>()((set) => ({
  toasts: [],
  dismiss: (id) => {
    set((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) }));
  },
}));

let lastId = 0;

export function showToast(text: string, tone: ToastMessage['tone'] = 'success'): void {
  lastId += 1;
  const id = lastId;
  useToasts.setState((state) => ({ toasts: [...state.toasts, { id, text, tone }] }));
  setTimeout(() => {
    useToasts.getState().dismiss(id);
  }, VISIBLE_MS);
}
