import { Session, User, version } from './auth';
import { http, request, segment } from './http';
import { z } from './schema';
import { DeviceSession } from './sessions';

const UserPage = z.object({ users: z.array(User), total: z._default(z.number(), 0), next_page: z.nullish(z.number()) });
export type UserPage = z.infer<typeof UserPage>;

export interface UserSearch {
  /** Part of an address or a name. */
  filter: string;
  page: number;
}

const USERS_PER_PAGE = 25;
const root = '/auth/v1/admin/users';
const at = (id: string) => `${root}/${segment(id)}`;

export function searchUsers({ filter, page }: UserSearch): Promise<UserPage> {
  const params = { page, per_page: USERS_PER_PAGE, ...(filter && { filter }) };
  return request(UserPage, { url: root, headers: version, params });
}

export function getUserById(id: string): Promise<User> {
  return request(User, { url: at(id), headers: version });
}

/** A duration like "24h"; "none" lifts the ban. */
export function banUser(id: string, duration: string): Promise<User> {
  return request(User, { method: 'PUT', url: at(id), headers: version, data: { ban_duration: duration } });
}

export async function deleteUser(id: string): Promise<void> {
  await http.request({ method: 'DELETE', url: at(id), headers: version, data: {} });
}

export async function deleteUserFactor(id: string, factorId: string): Promise<void> {
  await http.request({ method: 'DELETE', url: `${at(id)}/factors/${segment(factorId)}`, headers: version });
}

export function listSessionsOf(id: string): Promise<DeviceSession[]> {
  return request(z.array(DeviceSession), { url: `${at(id)}/sessions`, headers: version });
}

export async function endSessionOf(id: string, sessionId: string): Promise<void> {
  await http.request({ method: 'DELETE', url: `${at(id)}/sessions/${segment(sessionId)}`, headers: version });
}

export async function endAllSessionsOf(id: string): Promise<void> {
  await http.request({ method: 'DELETE', url: `${at(id)}/sessions`, headers: version });
}

/** A session as that person, half an hour at most; the reason goes into the audit log. */
export function impersonateUser(id: string, reason: string): Promise<Session> {
  return request(Session, { method: 'POST', url: `${at(id)}/impersonate`, headers: version, data: { reason } });
}
