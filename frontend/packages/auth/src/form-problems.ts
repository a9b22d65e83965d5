import { ApiError } from '@tt/api-client/api-error';
import type { FormProblem } from '@tt/ui/error-summary';
import type { FieldErrors, FieldValues, Path, UseFormReturn } from 'react-hook-form';

/** What the summary at the top of a form lists; control ids are `<form>-<field>`. */
export function problemsOf<T extends FieldValues>(formId: string, errors: FieldErrors<T>): FormProblem[] {
  return Object.entries(errors).flatMap(([field, error]) => {
    const message = error?.message;
    return typeof message === 'string' ? [{ field: `${formId}-${field}`, message }] : [];
  });
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
