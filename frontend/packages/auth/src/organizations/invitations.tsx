import { zodResolver } from '@hookform/resolvers/zod';
import { describeError } from '@tt/api-client/error-messages';
import { invite, organizationRoles, withdrawInvitation, type Organization } from '@tt/api-client/organizations';
import { z } from '@tt/api-client/schema';
import { Alert } from '@tt/ui/alert';
import { Button } from '@tt/ui/button';
import { SelectField } from '@tt/ui/controls';
import { formatDate } from '@tt/ui/format';
import { showToast } from '@tt/ui/toast-store';
import { useMutation } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { EmailField } from '../email-field';
import { FormProblems, useSubmit } from '../form-problems';
import { messages, organizations as text } from '../settings/messages';
import { Loaded, Row, Rows } from '../settings/parts';
import { useReloadAccount } from '../settings/use-account';
import { email } from '../sign-in/schemas';
import { useInvitations } from './use-organizations';

const Invited = z.object({ email, role: z.enum(organizationRoles) });
type Invited = z.infer<typeof Invited>;
const FORM = 'invite';

export function Invitations({ organization }: { organization: Organization }) {
  const invitations = useInvitations(organization.id);
  const reload = useReloadAccount();
  const withdraw = useMutation({
    mutationFn: (id: string) => withdrawInvitation(organization.id, id),
    onSuccess: async () => {
      showToast(text.withdrawn);
      await reload();
    },
  });
  return (
    <>
      <InviteForm organization={organization} />
      {withdraw.error && <Alert tone="danger" title={messages.failed} className="mt-4">{describeError(withdraw.error)}</Alert>}
      <div className="mt-6">
        <Loaded query={invitations}>
          {(items) =>
            items.length === 0 ? (
              <p className="text-ink-muted">{text.noInvitations}</p>
            ) : (
              <Rows label={text.inviteTitle}>
                {items.map((item) => (
                  <Row
                    key={item.id}
                    title={item.email}
                    text={`${text.roles[item.role]} · ${text.until(formatDate(item.expires_at))}`}
                    actions={
                      <Button
                        size="sm"
                        variant="danger"
                        aria-label={text.withdrawLabel(item.email)}
                        busy={withdraw.isPending && withdraw.variables === item.id}
                        onClick={() => { withdraw.mutate(item.id); }}
                      >
                        {text.withdraw}
                      </Button>
                    }
                  />
                ))}
              </Rows>
            )
          }
        </Loaded>
      </div>
    </>
  );
}

function InviteForm({ organization }: { organization: Organization }) {
  const reload = useReloadAccount();
  const form = useForm<Invited>({ resolver: zodResolver(Invited), defaultValues: { email: '', role: 'member' }, shouldFocusError: false });
  const { errors, isSubmitting } = form.formState;
  const { failure, submit } = useSubmit(form, async (values) => {
    await invite(organization.id, values.email, values.role);
    form.reset();
    showToast(text.invited(values.email));
    await reload();
  });
  const choices = organizationRoles.filter((role) => organization.role === 'owner' || role !== 'owner');
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4" aria-label={text.invite}>
      <FormProblems formId={FORM} form={form} failure={failure} failureTitle={messages.failed} />
      <div className="grid gap-4 sm:grid-cols-[1fr_11rem]">
        <EmailField {...form.register('email')} id={`${FORM}-email`} autoComplete="off" error={errors.email?.message} />
        <SelectField {...form.register('role')} id={`${FORM}-role`} label={text.inviteRole} required>
          {choices.map((role) => <option key={role} value={role}>{text.roles[role]}</option>)}
        </SelectField>
      </div>
      <Button type="submit" busy={isSubmitting} className="self-start">{text.invite}</Button>
    </form>
  );
}
