import { zodResolver } from '@hookform/resolvers/zod';
import type { AuditSearch } from '@tt/api-client/audit';
import { z } from '@tt/api-client/schema';
import { Button } from '@tt/ui/button';
import { SelectField, TextField } from '@tt/ui/controls';
import { useForm } from 'react-hook-form';
import { searchOf, toInstant, toLocalField } from './audit-search';
import { actionName, audit as text, auditActions } from './messages';

const Filter = z.object({
  action: z.string(),
  outcome: z.string(),
  user_id: z.string().check(z.trim(), z.regex(/^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$/i, text.userInvalid)),
  from: z.string(),
  to: z.string(),
});

interface AuditFilterProps {
  search: AuditSearch;
  onSearch: (search: AuditSearch) => void;
}

export function AuditFilter({ search, onSearch }: AuditFilterProps) {
  const form = useForm<AuditSearch>({
    resolver: zodResolver(Filter),
    defaultValues: { ...search, from: toLocalField(search.from), to: toLocalField(search.to) },
  });
  const apply = form.handleSubmit((values) => { onSearch({ ...values, from: toInstant(values.from), to: toInstant(values.to) }); });
  const known = search.action && !auditActions.includes(search.action) ? [search.action, ...auditActions] : auditActions;
  return (
    <form noValidate role="search" aria-label={text.filterTitle} onSubmit={(event) => void apply(event)} className="flex flex-col gap-5">
      <div className="grid gap-5 sm:grid-cols-2">
        <SelectField {...form.register('action')} id="audit-action" label={text.action} required>
          <option value="">{text.anyAction}</option>
          {known.map((action) => <option key={action} value={action}>{actionName(action)}</option>)}
        </SelectField>
        <SelectField {...form.register('outcome')} id="audit-outcome" label={text.outcome} required>
          <option value="">{text.anyOutcome}</option>
          {Object.entries(text.outcomes).map(([value, label]) => <option key={value} value={value}>{label}</option>)}
        </SelectField>
        <TextField {...form.register('from')} id="audit-from" label={text.from} type="datetime-local" />
        <TextField {...form.register('to')} id="audit-to" label={text.to} type="datetime-local" />
      </div>
      <TextField {...form.register('user_id')} id="audit-user" label={text.user} hint={text.userHint} autoComplete="off" spellCheck={false} error={form.formState.errors.user_id?.message} />
      <div className="flex gap-3">
        <Button type="submit">{text.apply}</Button>
        <Button variant="ghost" onClick={() => { onSearch(searchOf(new URLSearchParams())); }}>{text.clear}</Button>
      </div>
    </form>
  );
}
