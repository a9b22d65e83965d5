import { ApiError } from '@tt/api-client/api-error';
import { describeError } from '@tt/api-client/error-messages';
import { Alert } from '@tt/ui/alert';
import { ErrorSummary } from '@tt/ui/error-summary';
import type { FieldValues, Path, UseFormReturn } from 'react-hook-form';
import { useState } from 'react';

interface FormProblemsProps<T extends FieldValues> {
  /** Control ids are `<formId>-<field>`. */
  formId: string;
  form: UseFormReturn<T>;
  failure: unknown;
  /** Heads the failure that belongs to no field. */
  failureTitle: string;
}

/** The top of every form: what to correct, with links to the fields, or why sending failed. */
export function FormProblems<T extends FieldValues>({ formId, form, failure, failureTitle }: FormProblemsProps<T>) {
  const { errors, submitCount } = form.formState;
  const problems = Object.entries(errors).flatMap(([field, error]) => {
    const message = error?.message;
    return typeof message === 'string' ? [{ field: `${formId}-${field}`, message }] : [];
  });
  return (
    <>
      <ErrorSummary problems={problems} submitCount={submitCount} />
      {failure !== null && <Alert tone="danger" title={failureTitle}>{describeError(failure)}</Alert>}
    </>
  );
}

/** Puts the server's field errors (JSON pointers into the body) at the fields; true when at least one found its place. */
export function applyFieldErrors<T extends FieldValues>(form: UseFormReturn<T>, error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  const known = error.fields.filter(({ pointer }) => pointer.slice(1) in form.getValues());
  for (const { pointer, detail } of known) {
    form.setError(pointer.slice(1) as Path<T>, { type: 'server', message: detail });
  }
  return known.length > 0;
}

/** Validates, sends, and keeps the failure that belongs to no field. */
export function useSubmit<T extends FieldValues>(form: UseFormReturn<T>, send: (values: T) => Promise<void>) {
  const [failure, setFailure] = useState<unknown>(null);
  const submit = form.handleSubmit(async (values) => {
    setFailure(null);
    try {
      await send(values);
    } catch (error) {
      if (!applyFieldErrors(form, error)) setFailure(error);
    }
  });
  return { failure, submit };
}
