import { SignInPage as SignIn, SignUpPage as SignUp } from '@tt/auth/account-pages';
import { TextLink } from '@tt/ui/text-link';
import { messages } from './messages';

const HOME = '/account';

export function SignInPage() {
  return <SignIn home={HOME} />;
}

export function SignUpPage() {
  return <SignUp home={HOME} terms={<>{messages.terms} <TextLink to="/privacy">{messages.privacy}</TextLink>.</>} />;
}
