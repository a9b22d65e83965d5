import { zodResolver } from '@hookform/resolvers/zod';
import { verifyRecoveryCode } from '@tt/api-client/factors';
import { z } from '@tt/api-client/schema';
import { Button } from '@tt/ui/button';
import { TextField } from '@tt/ui/controls';
import { useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { FormProblems, useSubmit } from '../form-problems';
import { messages, stepMessages } from '../messages';
import { session } from '../session';
import { recoveryCode } from './schemas';

const Entered = z.object({ code: recoveryCode });
const FORM = 'recovery-code';

export function RecoveryCodeStep({ token, onDone }: { token: string; onDone?: (() => void) | undefined }) {
  const form = useForm({ resolver: zodResolver(Entered), defaultValues: { code: '' }, shouldFocusError: false });
  const { errors, isSubmitting } = form.formState;
  const { setFocus } = form;
  useEffect(() => { setFocus('code'); }, [setFocus]);
  const { failure, submit } = useSubmit(form, async ({ code }) => {
    session.begin(await verifyRecoveryCode(code, token));
    onDone?.();
  });
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-5" aria-label={stepMessages.recovery}>
      <FormProblems formId={FORM} form={form} failure={failure} failureTitle={messages.failed} />
      <TextField
        {...form.register('code')}
        id={`${FORM}-code`}
        label={stepMessages.recoveryLabel}
        hint={stepMessages.recoveryHint}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        required
        className="[&_input]:font-mono"
        error={errors.code?.message}
      />
      <Button type="submit" size="lg" busy={isSubmitting}>{stepMessages.continue}</Button>
    </form>
  );
}
