export const messages = {
  terms: 'By creating an account you agree to our',
  privacy: 'privacy promise',
} as const;
