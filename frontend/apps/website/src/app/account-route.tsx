import { RequireUser } from '@tt/auth/require-user';
import { AccountPage } from '../features/account/account-page';
import { MyResults } from '../features/growth-quiz/my-results';

export function AccountRoute() {
  return (
    <RequireUser>
      <AccountPage results={<MyResults />} />
    </RequireUser>
  );
}
