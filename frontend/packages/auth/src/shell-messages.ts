/** Words that every page of both sites needs; those of signing in come with its pages. */
export const shellMessages = {
  signIn: 'Sign in',
  signUp: 'Create account',
  signOut: 'Sign out',
  signedOut: 'You are signed out.',
  impersonating: (name: string) => `You are looking at the platform as ${name}. Everything you do is recorded.`,
  stopImpersonating: 'Back to my account',
  enrolBy: (date: string) => `Your role needs a second step for signing in. Set one up by ${date}.`,
  enrolNow: 'Set it up',
  leavingOn: (date: string) => `Your account will be erased on ${date}.`,
  keepAccount: 'Keep it',
} as const;
