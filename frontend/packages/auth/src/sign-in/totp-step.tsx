import { zodResolver } from '@hookform/resolvers/zod';
import type { Factor } from '@tt/api-client/auth';
import { verifyTotp } from '@tt/api-client/factors';
import { z } from '@tt/api-client/schema';
import { Button } from '@tt/ui/button';
import { SelectField } from '@tt/ui/controls';
import { useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { FormProblems, useSubmit } from '../form-problems';
import { messages, stepMessages } from '../messages';
import { session } from '../session';
import { CodeField } from './code-field';
import { totpCode } from './schemas';
import { verified } from './steps';

const Entered = z.object({ factor: z.string(), code: totpCode });
const FORM = 'totp';

interface StepProps {
  factors: Factor[];
  token: string;
  onDone?: (() => void) | undefined;
}

export function TotpStep({ factors, token, onDone }: StepProps) {
  const apps = verified(factors, 'totp');
  const form = useForm({
    resolver: zodResolver(Entered),
    defaultValues: { factor: apps[0]?.id ?? '', code: '' },
    shouldFocusError: false,
  });
  const { errors, isSubmitting } = form.formState;
  const { setFocus } = form;
  useEffect(() => { setFocus('code'); }, [setFocus]);
  const { failure, submit } = useSubmit(form, async ({ factor, code }) => {
    session.begin(await verifyTotp(factor, code, token));
    onDone?.();
  });
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-5" aria-label={stepMessages.totp}>
      <FormProblems formId={FORM} form={form} failure={failure} failureTitle={messages.failed} />
      {apps.length > 1 && (
        <SelectField {...form.register('factor')} id={`${FORM}-factor`} label={stepMessages.whichApp} required>
          {apps.map((app) => <option key={app.id} value={app.id}>{app.friendly_name ?? stepMessages.totp}</option>)}
        </SelectField>
      )}
      <CodeField
        {...form.register('code')}
        id={`${FORM}-code`}
        label={stepMessages.totpLabel}
        hint={stepMessages.totpHint}
        error={errors.code?.message}
      />
      <Button type="submit" size="lg" busy={isSubmitting}>{stepMessages.continue}</Button>
    </form>
  );
}
