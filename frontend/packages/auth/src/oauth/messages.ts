/** Words of signing in elsewhere with an account here. */
export const consent = {
  title: (app: string) => `Sign in to ${app}`,
  lead: (app: string) => `${app} would like to use your TrendTactics account to sign you in.`,
  unnamed: 'an app without a name',
  asker: 'Who asks',
  leadsTo: (place: string) => `Sends you to ${place}`,
  thisDevice: (host: string) => `a program on this device (${host})`,
  appOnDevice: (scheme: string) => `an app on this device (${scheme})`,
  gets: (app: string) => `What ${app} gets to know`,
  getsNothingElse: 'Nothing else: it sees no password and cannot change anything in your account.',
  account: 'Your account',
  otherAccount: 'Use another account',
  allow: 'Allow',
  cancel: 'Cancel',
  loading: 'Looking up who asks…',
  leaving: (place: string) => `Taking you to ${place}…`,
  leavingTitle: 'One moment',
  leavingByHand: 'Go there now',
  trust: 'Allow this only if you have just started to sign in there. You can take it back at any time in your',
  security: 'security settings',
  failed: 'That did not work',
  retry: 'Try again',
  toStart: 'To the start page',
  toSecurity: 'Apps with access',
  incomplete: 'This link is incomplete',
  incompleteText: 'Go back to the app you came from and start signing in there again.',
  refused: 'This app asks in a way we do not accept',
  refusedText: 'We do not know the app that sent you here, or its request is not right. It has learned nothing about you. If the app is yours, check its client id and redirect address.',
  off: 'Signing in elsewhere is switched off',
  offText: 'At the moment no other app can use an account of ours. Sign in there in another way.',
  gone: 'This request cannot be answered any more',
  goneText: 'It is older than ten minutes, or was opened with another account. Go back to the app and start again there.',
  answered: 'This request has its answer',
  answeredText: 'Go back to the app. If you are not signed in there, start again.',
  secondStep: 'This needs your second step',
  secondStepText: 'Your account has a second step, and this session has not proved it yet.',
  secondStepProve: 'Prove it now',
  signedInAs: (email: string) => `You are signed in as ${email}.`,
} as const;

/** What each scope opens, as people would say it. */
export const scopeWords: Record<string, string> = {
  email: 'Your e-mail address',
  profile: 'Your name and your picture',
  phone: 'Your phone number',
};

/** Every program gets to know this much, whatever it asks for. */
export const sameAccount = 'That it is you each time you come back: an id of your account';

export const apps = {
  title: 'Apps with access',
  text: 'Where you sign in with your TrendTactics account, and what is known of you there.',
  none: 'No app has access to your account.',
  idOnly: 'The id of your account only',
  since: (date: string) => `since ${date}`,
  revoke: 'Remove access',
  revokeLabel: (app: string) => `Remove access of ${app}`,
  revokeTitle: (app: string) => `Remove the access of ${app}?`,
  revokeText: 'You are signed out there, and it asks you again before it can sign you in. What it has learned so far, it may keep.',
  revoked: (app: string) => `${app} has no access any more.`,
} as const;
