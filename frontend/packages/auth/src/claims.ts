import { z } from '@tt/api-client/schema';

const Claims = z.object({
  aal: z.optional(z.string()),
  amr: z.optional(z.array(z.object({ method: z.string() }))),
  session_id: z.optional(z.string()),
  /** What the roles allow together; "*" is everything. */
  permissions: z.optional(z.array(z.string())),
  /** Who really acts, when support looks at the platform as somebody else. */
  act: z.optional(z.looseObject({ sub: z.string() })),
  app_metadata: z.optional(
    z.object({
      roles: z.optional(z.array(z.string())),
      /** A role is withheld until there is a second step ("enroll"), or it was taken in this session ("verify"). */
      mfa_required: z.optional(z.string()),
      /** Unix seconds: from then on a role is withheld. */
      mfa_enroll_by: z.optional(z.number()),
    }),
  ),
});
export type Claims = z.infer<typeof Claims>;

/** What an access token says of itself, unverified: good for what to show, never for what to allow. */
export function claimsOf(token: string): Claims {
  try {
    const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(payload), (char) => char.codePointAt(0) ?? 0);
    return Claims.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return {};
  }
}
