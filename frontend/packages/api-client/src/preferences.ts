import { request } from './http';
import { z } from './schema';

export const Preferences = z.object({
  locale: z.string(),
  timezone: z.string(),
  mail: z.object({
    security: z.boolean(),
    organizations: z.boolean(),
    marketing: z.boolean(),
  }),
  row_version: z.union([z.number(), z.string()]),
});
export type Preferences = z.infer<typeof Preferences>;

export interface PreferencesChange {
  locale?: string;
  timezone?: string;
  mail?: Partial<Omit<Preferences['mail'], 'security'>>;
}

export function getPreferences(): Promise<Preferences> {
  return request(Preferences, { url: '/api/v1/preferences' });
}

/** Answers 412 when the preferences are no longer the version that was edited. */
export function updatePreferences(change: PreferencesChange, rowVersion: Preferences['row_version']): Promise<Preferences> {
  const headers = { 'If-Match': `"${String(rowVersion)}"` };
  return request(Preferences, { method: 'PATCH', url: '/api/v1/preferences', data: change, headers });
}
