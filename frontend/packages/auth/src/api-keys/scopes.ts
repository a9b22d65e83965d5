import { apiKeysText as text } from './messages';

export const areas = Object.keys(text.areas);
export const kinds = ['read', 'write'] as const;

/** "courses:read, courses:write" → "Courses: Read, Change". */
export function describeScopes(scopes: string[]): string {
  const byArea = new Map<string, string[]>();
  for (const scope of scopes) {
    const [area = '', kind = ''] = scope.split(':');
    byArea.set(area, [...(byArea.get(area) ?? []), kind === 'write' ? text.write : text.read]);
  }
  return [...byArea].map(([area, what]) => text.scopeLabel(text.areas[area] ?? area, what.join(', '))).join('; ');
}
