import { request } from './http';
import { nullable, z } from './schema';

export const SiteConfig = z.object({
  site_url: z.string(),
  academy_url: z.string(),
  anon_key: nullable(z.string()),
  environment: nullable(z.string()),
});
export type SiteConfig = z.infer<typeof SiteConfig>;

export function getSiteConfig(): Promise<SiteConfig> {
  return request(SiteConfig, { url: '/api/v1/site-config', anonymous: true });
}
