import type { ReactNode } from 'react';
import { useSession } from '../session';
import { AvatarForm } from './avatar-form';
import { profile as text } from './messages';
import { Loaded, Section, SettingsPage } from './parts';
import { PreferencesForm } from './preferences-form';
import { ProfileForm } from './profile-form';
import { useOwnVersions, usePreferences, useProfile } from './use-profile';

/** `extra`: what a site has of its own about a person. */
export function ProfilePage({ extra }: { extra?: ReactNode }) {
  const profile = useProfile();
  const preferences = usePreferences();
  const own = useOwnVersions();
  const { user } = useSession();
  return (
    <SettingsPage title={text.title} lead={text.lead(user?.email ?? '')}>
      <Loaded query={profile}>
        {(loaded) => (
          <>
            <Section title={text.detailsTitle} text={text.detailsText}>
              <ProfileForm profile={loaded} own={own} onReload={async () => (await profile.refetch()).data} />
            </Section>
            <Section title={text.pictureTitle} text={text.pictureText}><AvatarForm profile={loaded} own={own} /></Section>
          </>
        )}
      </Loaded>
      {extra}
      <Section title={text.preferencesTitle} text={text.preferencesText}>
        <Loaded query={preferences}>
          {(loaded) => <PreferencesForm preferences={loaded} own={own} onReload={async () => (await preferences.refetch()).data} />}
        </Loaded>
      </Section>
    </SettingsPage>
  );
}
