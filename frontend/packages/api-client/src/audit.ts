import { http, request } from './http';
import { nullable, Time, z } from './schema';

export const AuditEntry = z.object({
  id: z.string(),
  created_at: Time,
  action: z.string(),
  outcome: z.string(),
  actor_kind: z.string(),
  actor_id: nullable(z.string()),
  actor_name: nullable(z.string()),
  subject_id: nullable(z.string()),
  subject_name: nullable(z.string()),
  target: nullable(z.string()),
  ip_address: nullable(z.string()),
  user_agent: nullable(z.string()),
  details: z.unknown(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

const AuditPage = z.object({ items: z.array(AuditEntry), next_before: nullable(z.string()) });

/** Empty members do not narrow the search. */
export interface AuditSearch {
  action: string;
  outcome: string;
  user_id: string;
  from: string;
  to: string;
}

const given = (search: AuditSearch) => Object.fromEntries(Object.entries(search).filter(([, value]) => value !== ''));

export function searchAudit(search: AuditSearch, before: string | null): Promise<z.infer<typeof AuditPage>> {
  return request(AuditPage, { url: '/api/v1/audit', params: { ...given(search), ...(before && { before }) } });
}

/** A whole year may take a while to write. */
const EXPORT_TIMEOUT_MS = 0;

export async function exportAudit(search: AuditSearch, format: 'ndjson' | 'csv'): Promise<Blob> {
  const params = { ...given(search), format };
  const { data } = await http.request<Blob>({ url: '/api/v1/audit/export', params, responseType: 'blob', timeout: EXPORT_TIMEOUT_MS });
  return data;
}

const Verification = z.object({
  is_intact: z.boolean(),
  checked: z.number(),
  break_reason: nullable(z.string()),
  break_seq: nullable(z.number()),
  next_after: nullable(z.number()),
});
export type AuditVerification = z.infer<typeof Verification>;

/** Whether the chain of hashes holds, to its end. */
export async function verifyAudit(): Promise<AuditVerification> {
  let checked = 0;
  for (let after: number | null = null; ; ) {
    const part: AuditVerification = await request(Verification, { url: '/api/v1/audit/verify', params: after === null ? {} : { after } });
    checked += part.checked;
    if (!part.is_intact || part.next_after === null) return { ...part, checked };
    after = part.next_after;
  }
}
