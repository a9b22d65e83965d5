import { http, request, segment } from './http';
import { list, listOf, nullable, Time, z } from './schema';

export const ApiKey = z.object({
  id: z.string(),
  name: z.string(),
  scopes: listOf(z.string()),
  expires_at: nullable(Time),
  last_used_at: nullable(Time),
  created_at: Time,
});
export type ApiKey = z.infer<typeof ApiKey>;

const Secret = z.object({ key: ApiKey, secret: z.string() });
/** The secret is in this answer and in no other. */
export type ApiKeySecret = z.infer<typeof Secret>;

export interface NewApiKey {
  name: string;
  scopes: string[];
  expires_at?: string;
}

const root = '/api/v1/api-keys';

export async function listApiKeys(): Promise<ApiKey[]> {
  return (await request(list(ApiKey), { url: root })).items;
}

export function createApiKey(key: NewApiKey): Promise<ApiKeySecret> {
  return request(Secret, { method: 'POST', url: root, data: key });
}

/** A new secret; the present one goes on for a day, so that programs can be changed over. */
export function rotateApiKey(id: string): Promise<ApiKeySecret> {
  return request(Secret, { method: 'POST', url: `${root}/${segment(id)}/rotate`, data: {} });
}

export async function revokeApiKey(id: string): Promise<void> {
  await http.request({ method: 'DELETE', url: `${root}/${segment(id)}` });
}
