import { buttonClass } from '@tt/ui/button';
import { messages } from '../../messages';

/** Foreign pages are linked, not embedded: our pages load nothing from others by themselves. */
export function LinkBlock({ url, title }: { url: string; title: string | null }) {
  const host = hostOf(url);
  return (
    <section className="rounded-card border border-line bg-surface p-5">
      <h2 className="text-xl">{title ?? messages.external.title}</h2>
      <p className="mt-1 text-ink-muted">{messages.external.text(host)}</p>
      <a href={url} target="_blank" rel="noopener noreferrer" className={buttonClass({ variant: 'secondary', className: 'mt-4' })}>
        {messages.external.open(host)} <span className="sr-only">{messages.opensNewTab}</span>
      </a>
    </section>
  );
}

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}
