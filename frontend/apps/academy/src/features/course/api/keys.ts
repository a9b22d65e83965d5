export const courseKeys = {
  /** With the user: `my_enrollment` differs between them. */
  detail: (slug: string, userId: string | null) => ['courses', 'detail', slug, userId] as const,
};
