import { useState } from 'react';
import { failureOf } from './identity-check';

/** What useMutation answers, as far as a question needs it. */
interface Deed<T> {
  mutate: (item: T, options: { onSuccess: () => void }) => void;
  reset: () => void;
  isPending: boolean;
  error: unknown;
}

/**
 * Asks before `deed` is done to one of several things: `ask(item)` opens the dialog that `dialog` are the properties of.
 * Each question starts afresh; the refusal of another item is not its own. `isHeld`: another dialog is in front.
 */
export function useConfirm<T>(deed: Deed<T>, isHeld = false) {
  const [question, setQuestion] = useState<{ item: T } | null>(null);
  const close = () => { setQuestion(null); };
  const ask = (item: T) => {
    deed.reset();
    setQuestion({ item });
  };
  return {
    ask,
    /** What is asked about; undefined while nothing is. */
    item: question?.item,
    dialog: {
      open: question !== null && !isHeld,
      busy: deed.isPending,
      failure: failureOf(deed.error),
      onConfirm: () => { if (question) deed.mutate(question.item, { onSuccess: close }); },
      onClose: close,
    },
  };
}
