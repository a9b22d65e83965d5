import { http, request, segment } from './http';
import { listOf, z } from './schema';

export const Role = z.object({
  name: z.string(),
  description: z._default(z.string(), ''),
  permissions: listOf(z.string()),
  is_builtin: z.boolean(),
});
export type Role = z.infer<typeof Role>;

const Permission = z.object({ name: z.string(), description: z._default(z.string(), '') });
export type Permission = z.infer<typeof Permission>;

const Roles = z.object({ items: z.array(Role), permissions: z.array(Permission) });
export type Roles = z.infer<typeof Roles>;

const root = '/api/v1/roles';

export function listRoles(): Promise<Roles> {
  return request(Roles, { url: root });
}

export type NewRole = Pick<Role, 'name' | 'description' | 'permissions'>;

export function createRole(role: NewRole): Promise<Role> {
  return request(Role, { method: 'POST', url: root, data: role });
}

export function changeRole({ name, description, permissions }: NewRole): Promise<Role> {
  return request(Role, { method: 'PATCH', url: `${root}/${segment(name)}`, data: { description, permissions } });
}

export async function deleteRole(name: string): Promise<void> {
  await http.request({ method: 'DELETE', url: `${root}/${segment(name)}` });
}

const RolesOfUser = z.object({ user_id: z.string(), roles: listOf(z.string()), permissions: listOf(z.string()) });
export type RolesOfUser = z.infer<typeof RolesOfUser>;

export function getUserRoles(userId: string): Promise<RolesOfUser> {
  return request(RolesOfUser, { url: `/api/v1/users/${segment(userId)}/roles` });
}

export function setUserRoles(userId: string, roles: string[]): Promise<RolesOfUser> {
  return request(RolesOfUser, { method: 'PUT', url: `/api/v1/users/${segment(userId)}/roles`, data: { roles } });
}
