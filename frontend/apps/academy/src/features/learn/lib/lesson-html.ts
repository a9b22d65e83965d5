/**
 * Makes sanitised lesson text comfortable: images load when they come near, wide tables and code
 * scroll in a box of their own that the keyboard can reach.
 */
export function prepareLessonHtml(html: string): string {
  const body = new DOMParser().parseFromString(html, 'text/html').body;
  for (const image of body.querySelectorAll('img')) {
    image.setAttribute('loading', 'lazy');
    image.setAttribute('decoding', 'async');
  }
  for (const table of body.querySelectorAll('table')) {
    const box = scrollBox(body.ownerDocument, table.caption?.textContent ?? 'Table');
    table.replaceWith(box);
    box.append(table);
  }
  for (const code of body.querySelectorAll('pre')) code.tabIndex = 0;
  return body.innerHTML;
}

function scrollBox(document: Document, label: string): HTMLElement {
  const box = document.createElement('div');
  box.className = 'table-scroll';
  box.tabIndex = 0;
  box.setAttribute('role', 'region');
  box.setAttribute('aria-label', label);
  return box;
}

/** The path to follow inside the application, or null when the browser should handle the link. */
export function internalPath(link: HTMLAnchorElement, origin: string): string | null {
  if (link.target && link.target !== '_self') return null;
  if (link.hasAttribute('download') || link.getAttribute('href')?.startsWith('#')) return null;
  const url = new URL(link.href, origin);
  const isPage = url.origin === origin && /^\/(courses|learn|my-learning|verify)(\/|$)/.test(url.pathname);
  return isPage ? url.pathname + url.search + url.hash : null;
}
