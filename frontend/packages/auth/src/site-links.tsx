import { getSiteConfig, type SiteConfig } from '@tt/api-client/site-config';
import { buttonClass, type ButtonSize, type ButtonVariant } from '@tt/ui/button';
import { useQuery } from '@tanstack/react-query';
import type { AnchorHTMLAttributes } from 'react';
import { CrossSiteLink } from './cross-site-link';

/** Addresses of both sites; the same for the life of the page. */
export function useSiteConfig(): SiteConfig | undefined {
  return useQuery({ queryKey: ['site-config'], queryFn: getSiteConfig, staleTime: Infinity, gcTime: Infinity }).data;
}

interface SiteLinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  to: string;
  /** Looks like a button. */
  variant?: ButtonVariant;
  size?: ButtonSize;
}

function SiteLink({ origin, variant, size, className, ...rest }: SiteLinkProps & { origin: string }) {
  const look = variant ? buttonClass({ variant, size, className }) : className;
  return <CrossSiteLink origin={origin} {...rest} {...(look ? { className: look } : {})} />;
}

/** Leads to a page of the academy and takes the session along. */
export function AcademyLink(props: SiteLinkProps) {
  return <SiteLink origin={useSiteConfig()?.academy_url ?? ''} {...props} />;
}

/** Leads to a page of the website and takes the session along. */
export function WebsiteLink(props: SiteLinkProps) {
  return <SiteLink origin={useSiteConfig()?.site_url ?? ''} {...props} />;
}
