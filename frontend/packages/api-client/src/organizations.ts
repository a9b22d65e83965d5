import { http, request, segment } from './http';
import { personPicture } from './media';
import { list, nullable, Time, z } from './schema';

export const organizationRoles = ['owner', 'admin', 'member'] as const;
export type OrganizationRole = (typeof organizationRoles)[number];
const Role = z.enum(organizationRoles);

export const Organization = z.object({
  id: z.string(),
  name: z.string(),
  /** The caller's. */
  role: Role,
  member_count: z.number(),
  created_at: Time,
});
export type Organization = z.infer<typeof Organization>;

export const Member = z.object({
  user_id: z.string(),
  display_name: nullable(z.string()),
  email: nullable(z.string()),
  avatar_url: personPicture,
  role: Role,
  joined_at: Time,
});
export type Member = z.infer<typeof Member>;

export const Invitation = z.object({ id: z.string(), email: z.string(), role: Role, created_at: Time, expires_at: Time });
export type Invitation = z.infer<typeof Invitation>;

const root = '/api/v1/organizations';
const at = (id: string, ...rest: string[]) => [root, ...[id, ...rest].map(segment)].join('/');

const Mine = z.object({ items: z.array(Organization), current: nullable(z.string()) });
export type MyOrganizations = z.infer<typeof Mine>;

export function listOrganizations(): Promise<MyOrganizations> {
  return request(Mine, { url: root });
}

export function getOrganization(id: string): Promise<Organization> {
  return request(Organization, { url: at(id) });
}

export function createOrganization(name: string): Promise<Organization> {
  return request(Organization, { method: 'POST', url: root, data: { name } });
}

export function renameOrganization(id: string, name: string): Promise<Organization> {
  return request(Organization, { method: 'PATCH', url: at(id), data: { name } });
}

export async function deleteOrganization(id: string): Promise<void> {
  await http.request({ method: 'DELETE', url: at(id) });
}

/** From now on this session works for the organisation; refresh the token to carry it. */
export async function switchOrganization(id: string | null): Promise<void> {
  await http.request(id ? { method: 'POST', url: `${at(id)}/switch`, data: {} } : { method: 'DELETE', url: at('current') });
}

const MemberPage = z.object({ items: z.array(Member), next: nullable(z.string()) });

export function listMembers(id: string, after: string | null): Promise<z.infer<typeof MemberPage>> {
  return request(MemberPage, { url: at(id, 'members'), params: { limit: 50, ...(after && { after }) } });
}

export function changeMember(id: string, userId: string, role: OrganizationRole): Promise<Member> {
  return request(Member, { method: 'PATCH', url: at(id, 'members', userId), data: { role } });
}

/** Oneself: leaving. */
export async function removeMember(id: string, userId: string): Promise<void> {
  await http.request({ method: 'DELETE', url: at(id, 'members', userId) });
}

export async function listInvitations(id: string): Promise<Invitation[]> {
  return (await request(list(Invitation), { url: at(id, 'invitations') })).items;
}

export function invite(id: string, email: string, role: OrganizationRole): Promise<Invitation> {
  return request(Invitation, { method: 'POST', url: at(id, 'invitations'), data: { email, role } });
}

export async function withdrawInvitation(id: string, invitationId: string): Promise<void> {
  await http.request({ method: 'DELETE', url: at(id, 'invitations', invitationId) });
}

const Preview = z.object({ organization_name: z.string(), role: Role, email_hint: nullable(z.string()), expires_at: Time });
export type InvitationPreview = z.infer<typeof Preview>;

/** What a link in a mail invites to; anyone who has the link may ask. */
export function previewInvitation(token: string): Promise<InvitationPreview> {
  return request(Preview, { method: 'POST', url: '/api/v1/invitations/preview', data: { token }, anonymous: true });
}

export function acceptInvitation(token: string): Promise<Organization> {
  return request(Organization, { method: 'POST', url: '/api/v1/invitations/accept', data: { token } });
}
