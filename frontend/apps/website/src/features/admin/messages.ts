export const messages = {
  title: 'Become administrator',
  lead: 'This link works once. It makes the account you are signed in with an administrator.',
  claim: 'Make this account administrator',
  doneTitle: 'You are administrator',
  doneLead: 'Your account has the role from now on. You can import courses in the academy.',
  toImports: 'Import a course',
  missing: 'The link is incomplete. Copy the whole line that was printed when the platform started.',
  failed: 'The link was not accepted',
  refused: 'It was used before or has expired. Restart the platform to get a new one.',
} as const;
