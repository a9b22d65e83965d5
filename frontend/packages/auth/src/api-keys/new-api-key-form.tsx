import { zodResolver } from '@hookform/resolvers/zod';
import { createApiKey, type ApiKeySecret } from '@tt/api-client/api-keys';
import { z } from '@tt/api-client/schema';
import { Button } from '@tt/ui/button';
import { SelectField, TextField } from '@tt/ui/controls';
import { FieldError } from '@tt/ui/field';
import { useForm } from 'react-hook-form';
import { FormProblems, useSubmit } from '../form-problems';
import { failureOf, useIdentityCheck } from '../settings/identity-check';
import { messages } from '../settings/messages';
import { nameRule } from '../settings/name-rule';
import { apiKeysText as text } from './messages';
import { areas, kinds } from './scopes';

const DAY_MS = 86_400_000;
const NewKey = z.object({
  name: nameRule(80),
  scopes: z.array(z.string()).check(z.minLength(1, text.accessMissing)),
  days: z.string(),
});
type NewKey = z.infer<typeof NewKey>;
const FORM = 'api-key';

export function NewApiKeyForm({ onMade }: { onMade: (made: ApiKeySecret) => void }) {
  const identity = useIdentityCheck();
  const form = useForm<NewKey>({ resolver: zodResolver(NewKey), defaultValues: { name: '', scopes: [], days: '90' }, shouldFocusError: false });
  const { errors, isSubmitting } = form.formState;
  const { failure, submit } = useSubmit(form, async ({ name, scopes, days }) => {
    const lifetime = Number(days) * DAY_MS;
    const expiry = lifetime > 0 ? { expires_at: new Date(Date.now() + lifetime).toISOString() } : {};
    const made = await identity.run(() => createApiKey({ name, scopes, ...expiry }));
    form.reset();
    onMade(made);
  });
  return (
    <>
      {identity.dialog}
      <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-5" aria-label={text.newTitle}>
        <FormProblems formId={FORM} form={form} failure={failureOf(failure)} failureTitle={messages.failed} />
        <TextField {...form.register('name')} id={`${FORM}-name`} label={messages.name} hint={text.nameHint} autoComplete="off" required error={errors.name?.message} />
        <fieldset id={`${FORM}-scopes`} tabIndex={-1} aria-describedby={errors.scopes ? `${FORM}-scopes-error` : undefined}>
          <legend className="mb-2 font-semibold">{text.access}</legend>
          <table className="w-full max-w-md text-left">
            <thead className="text-sm text-ink-muted">
              <tr><th scope="col" className="py-1 font-medium">{text.area}</th><th scope="col" className="w-20 font-medium">{text.read}</th><th scope="col" className="w-20 font-medium">{text.write}</th></tr>
            </thead>
            <tbody className="divide-y divide-line border-y border-line">
              {areas.map((area) => (
                <tr key={area}>
                  <th scope="row" className="py-2 font-normal">{text.areas[area]}</th>
                  {kinds.map((kind) => (
                    <td key={kind}>
                      <input
                        {...form.register('scopes')}
                        type="checkbox"
                        value={`${area}:${kind}`}
                        aria-label={text.scopeLabel(text.areas[area] ?? area, text[kind])}
                        className="choice-control size-6 align-middle"
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          {errors.scopes?.message && <div className="mt-2"><FieldError id={`${FORM}-scopes-error`}>{errors.scopes.message}</FieldError></div>}
        </fieldset>
        <SelectField {...form.register('days')} id={`${FORM}-days`} label={text.expires} required className="max-w-xs">
          {text.lifetimes.map(({ days, label }) => <option key={days} value={days}>{label}</option>)}
        </SelectField>
        <Button type="submit" busy={isSubmitting} className="self-start">{text.create}</Button>
      </form>
    </>
  );
}
