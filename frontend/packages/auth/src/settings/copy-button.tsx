import { Button } from '@tt/ui/button';
import { showToast } from '@tt/ui/toast-store';
import { messages } from './messages';

interface CopyButtonProps {
  text: string;
  label?: string;
}

export function CopyButton({ text, label = messages.copy }: CopyButtonProps) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      showToast(messages.copied);
    } catch {
      // Refused, or no secure context: the text stands right there to be selected.
      showToast(messages.copyFailed, 'danger');
    }
  };
  return <Button size="sm" variant="secondary" onClick={() => void copy()}>{label}</Button>;
}
