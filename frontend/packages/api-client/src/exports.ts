import { request, segment } from './http';
import { list, nullable, Time, z } from './schema';

export const DataExport = z.object({
  id: z.string(),
  status: z.enum(['queued', 'running', 'waiting', 'ready', 'incomplete', 'expired']),
  progress_percent: z._default(z.number(), 0),
  requested_at: Time,
  expires_at: nullable(Time),
  bytes: nullable(z.number()),
  download_url: nullable(z.string()),
});
export type DataExport = z.infer<typeof DataExport>;

/** How long a whole export is shown instead of making another one. */
export const FRESH_FOR_MS = 24 * 60 * 60 * 1000;

const url = '/api/v1/exports';

/** While one is being made, that one is the answer; and for a day after it was asked for, the one that was made. */
export function requestExport(): Promise<DataExport> {
  return request(DataExport, { method: 'POST', url, data: {} });
}

export async function listExports(): Promise<DataExport[]> {
  return (await request(list(DataExport), { url })).items;
}

/** Also for a fresh link: the one in `download_url` is good for a minute or two. */
export function getExport(id: string): Promise<DataExport> {
  return request(DataExport, { url: `${url}/${segment(id)}` });
}
