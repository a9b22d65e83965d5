import { useEffect, useRef } from 'react';
import { cx } from './cx';

/** HTML that the server has sanitised: posts, lessons, descriptions. The only place where text becomes markup. */
export function ServerHtml({ html, className }: { html: string; className?: string }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Wide code and tables scroll sideways: the keyboard must be able to, too.
    for (const element of box.current?.querySelectorAll<HTMLElement>('pre, table') ?? []) element.tabIndex = 0;
  }, [html]);
  return <div ref={box} className={cx('prose', className)} dangerouslySetInnerHTML={{ __html: html }} />;
}
