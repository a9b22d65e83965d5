import { AppsSection } from '../oauth/apps-section';
import { useAuthSettings } from '../use-auth-settings';
import { EmailSection } from './email-section';
import { FactorsSection } from './factors-section';
import { IdentitiesSection } from './identities-section';
import { security } from './messages';
import { Loaded, SettingsPage } from './parts';
import { PasskeysSection } from './passkeys-section';
import { PasswordSection } from './password-section';
import { RecoveryCodesSection } from './recovery-codes-section';
import { useUser } from './use-account';

export function SecurityPage() {
  const user = useUser();
  const settings = useAuthSettings();
  return (
    <SettingsPage title={security.title} lead={security.lead}>
      <Loaded query={user}>
        {(account) => (
          <>
            <PasswordSection email={account.email} />
            <EmailSection user={account} />
            {settings?.passkeys_enabled && <PasskeysSection />}
            <FactorsSection factors={account.factors} kinds={settings?.mfa} />
            {settings?.mfa.recovery_codes && <RecoveryCodesSection user={account} />}
            <IdentitiesSection identities={account.identities} />
            {settings?.oauth_server_enabled && <AppsSection />}
          </>
        )}
      </Loaded>
    </SettingsPage>
  );
}
