import { useEffect } from 'react';

interface PageMeta {
  title: string;
  description?: string | undefined;
  /** Personal and one-time pages stay out of search engines. */
  noindex?: boolean;
}

const SITE = 'TrendTactics';

function setMeta(name: string, content: string | undefined): void {
  let element = document.head.querySelector<HTMLMetaElement>(`meta[name="${name}"]`);
  if (!content) {
    element?.remove();
    return;
  }
  if (!element) {
    element = document.createElement('meta');
    element.name = name;
    document.head.append(element);
  }
  element.content = content;
}

/** The page the server wrote its own title and description for; null without one (development, unknown pages). */
const served = document.head.querySelector<HTMLLinkElement>('link[rel="canonical"]');
const servedPath = served && new URL(served.href).pathname;

function setCanonical(): void {
  if (served) served.href = new URL(served.href).origin + window.location.pathname;
}

/** The first page's meta comes from the server; this keeps it right while moving about inside the app. */
export function usePageMeta({ title, description, noindex = false }: PageMeta): void {
  useEffect(() => {
    setCanonical();
    if (window.location.pathname === servedPath) return;
    document.title = title === SITE ? title : `${title} · ${SITE}`;
    setMeta('description', description);
    setMeta('robots', noindex ? 'noindex' : undefined);
  }, [title, description, noindex]);
}
