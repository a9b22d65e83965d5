export const postKeys = {
  all: ['posts'] as const,
  list: (tag: string | undefined) => ['posts', 'list', tag ?? null] as const,
  latest: ['posts', 'latest'] as const,
  detail: (slug: string) => ['posts', 'detail', slug] as const,
  tags: ['posts', 'tags'] as const,
};
