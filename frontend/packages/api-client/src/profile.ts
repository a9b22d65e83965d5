import { request } from './http';
import { personPicture } from './media';
import { nullable, Time, z } from './schema';

export const Profile = z.object({
  user_id: z.string(),
  email: z.string(),
  display_name: nullable(z.string()),
  headline: nullable(z.string()),
  bio: nullable(z.string()),
  avatar_url: personPicture,
  locale: nullable(z.string()),
  timezone: nullable(z.string()),
  marketing_consent: z.boolean(),
  row_version: z.union([z.number(), z.string()]),
  updated_at: nullable(Time),
});
export type Profile = z.infer<typeof Profile>;

export type ProfileChange = Partial<
  Pick<Profile, 'display_name' | 'headline' | 'bio' | 'locale' | 'timezone' | 'marketing_consent'>
>;

export function getProfile(): Promise<Profile> {
  return request(Profile, { url: '/api/v1/profile' });
}

/** Answers 412 when the profile is no longer the version that was edited. */
export function updateProfile(change: ProfileChange, rowVersion: Profile['row_version']): Promise<Profile> {
  const headers = { 'If-Match': `"${String(rowVersion)}"` };
  return request(Profile, { method: 'PATCH', url: '/api/v1/profile', data: change, headers });
}

const avatarUrl = '/api/v1/profile/avatar';
/** Pictures on slow lines: no time-out of our own, the server's deadlines decide. */
const UPLOAD_TIMEOUT_MS = 0;

/** The picture itself; the server turns, cuts and encodes it anew. */
export function uploadAvatar(picture: File, onProgress: (fraction: number) => void): Promise<Profile> {
  return request(Profile, {
    method: 'PUT',
    url: avatarUrl,
    data: picture,
    timeout: UPLOAD_TIMEOUT_MS,
    headers: { 'Content-Type': picture.type },
    onUploadProgress: (event) => { onProgress(event.total ? event.loaded / event.total : 0); },
  });
}

export function removeAvatar(): Promise<Profile> {
  return request(Profile, { method: 'DELETE', url: avatarUrl });
}
