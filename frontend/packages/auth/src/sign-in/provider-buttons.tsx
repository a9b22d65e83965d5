import { providersOf } from '@tt/api-client/auth-settings';
import { Button } from '@tt/ui/button';
import { messages, providerName } from '../messages';
import { providerUrl } from '../pkce';
import { useAuthSettings } from '../use-auth-settings';
import { OrLine } from './or-line';

/** Accounts elsewhere that can be used here; none where the server has none configured. */
export function ProviderButtons({ next }: { next: string }) {
  const go = (provider: string) => {
    void providerUrl(provider, next).then((url) => { window.location.assign(url); });
  };
  return providersOf(useAuthSettings()).map((provider) => (
    <Button key={provider} variant="secondary" onClick={() => { go(provider); }}>
      {messages.withProvider(providerName(provider))}
    </Button>
  ));
}

/** The same below a form that has no other ways beside it. */
export function ProviderChoice({ next }: { next: string }) {
  if (providersOf(useAuthSettings()).length === 0) return null;
  return (
    <div className="mt-6 flex flex-col gap-6">
      <OrLine />
      <div className="flex flex-col gap-3"><ProviderButtons next={next} /></div>
    </div>
  );
}
