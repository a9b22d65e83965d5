import { describeError } from '@tt/api-client/error-messages';
import { Alert } from '@tt/ui/alert';
import { Button, type ButtonVariant } from '@tt/ui/button';
import { useStartAttempt } from '../api/use-quiz';

interface StartButtonProps {
  quizId: string;
  label: string;
  variant?: ButtonVariant;
  onAttempt: (attemptId: string) => void;
}

export function StartButton({ quizId, label, variant = 'primary', onAttempt }: StartButtonProps) {
  const start = useStartAttempt(quizId);
  return (
    <>
      <Button
        variant={variant}
        busy={start.isPending}
        onClick={() => { start.mutate(undefined, { onSuccess: (attempt) => { onAttempt(attempt.id); } }); }}
      >
        {label}
      </Button>
      {start.error && <Alert tone="danger" className="basis-full">{describeError(start.error)}</Alert>}
    </>
  );
}
