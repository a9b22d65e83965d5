import { SignInPage as SignIn, SignUpPage as SignUp } from '@tt/auth/account-pages';

/** Where people go who came here by themselves. */
const HOME = '/my-learning';

export function SignInPage() {
  return <SignIn home={HOME} />;
}

export function SignUpPage() {
  return <SignUp home={HOME} />;
}
