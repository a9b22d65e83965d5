import { describeError } from '@tt/api-client/error-messages';
import { Alert } from '@tt/ui/alert';
import { Button } from '@tt/ui/button';
import { useState } from 'react';
import { messages } from '../messages';
import { SignInForm } from '../sign-in-form';
import { OrLine } from './or-line';
import { ProviderButtons } from './provider-buttons';
import { SignInByMail } from './sign-in-by-mail';
import { usePasskeySignIn } from './use-passkey-sign-in';

/** Every way into an account that this server offers; the address typed in one of them is there in the others. */
export function SignInMethods({ next }: { next: string }) {
  const [way, setWay] = useState<'password' | 'mail'>('password');
  const [email, setEmail] = useState('');
  const passkey = usePasskeySignIn();
  return (
    <div className="flex flex-col gap-6">
      {passkey.failure !== null && <Alert tone="danger" title={messages.failed}>{describeError(passkey.failure)}</Alert>}
      {way === 'password' ? (
        <SignInForm email={email} onEmail={setEmail} offersPasskeys={passkey.isOffered} />
      ) : (
        <SignInByMail next={next} initialEmail={email} />
      )}
      <OrLine />
      <div className="flex flex-col gap-3">
        {passkey.isOffered && (
          <Button variant="secondary" busy={passkey.busy} onClick={() => void passkey.signInNow()}>{messages.withPasskey}</Button>
        )}
        <Button variant="secondary" onClick={() => { setWay(way === 'password' ? 'mail' : 'password'); }}>
          {way === 'password' ? messages.byMail : messages.withPassword}
        </Button>
        <ProviderButtons next={next} />
      </div>
    </div>
  );
}
