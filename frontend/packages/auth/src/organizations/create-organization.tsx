import { createOrganization } from '@tt/api-client/organizations';
import { showToast } from '@tt/ui/toast-store';
import { useNavigate } from 'react-router';
import { organizations as text } from '../settings/messages';
import { useReloadAccount } from '../settings/use-account';
import { OrganizationName } from './organization-name';

export function CreateOrganization() {
  const navigate = useNavigate();
  const reload = useReloadAccount();
  const create = async (name: string) => {
    const { id } = await createOrganization(name);
    await reload();
    showToast(text.created);
    await navigate(`/account/organizations/${id}`);
  };
  return <OrganizationName formId="new-organization" action={text.create} onSave={create} />;
}
