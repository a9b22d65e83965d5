import { version } from './auth';
import { http, request, segment } from './http';
import { nullable, Time, z } from './schema';

export const DeviceSession = z.object({
  id: z.string(),
  user_agent: nullable(z.string()),
  ip: nullable(z.string()),
  created_at: Time,
  refreshed_at: nullable(Time),
  aal: nullable(z.string()),
  current: z._default(z.boolean(), false),
});
export type DeviceSession = z.infer<typeof DeviceSession>;

export function listSessions(): Promise<DeviceSession[]> {
  return request(z.array(DeviceSession), { url: '/auth/v1/sessions', headers: version });
}

export async function endSession(id: string): Promise<void> {
  await http.request({ method: 'DELETE', url: `/auth/v1/sessions/${segment(id)}`, headers: version });
}
