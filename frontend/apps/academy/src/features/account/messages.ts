export const messages = {
  signInTitle: 'Sign in',
  signInLead: 'Your courses, your place in each lesson, your certificates.',
  noAccount: 'New here?',
  createOne: 'Create an account',
  signUpTitle: 'Create your account',
  signUpLead: 'One account for the academy and the website. Your progress is kept on every device.',
  haveAccount: 'Already have an account?',
  signInInstead: 'Sign in',
} as const;
