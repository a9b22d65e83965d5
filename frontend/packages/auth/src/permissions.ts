import { may, type Person } from './session';

/** What opens a page of administration. */
export const adminPermissions = ['users.read', 'roles.manage', 'audit.read'];

/** Whether any page of administration is open to the person. */
export function administers(person: Person | null): boolean {
  return adminPermissions.some((permission) => may(person, permission));
}
