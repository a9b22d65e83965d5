import { useMemo, type MouseEvent } from 'react';
import { useNavigate } from 'react-router';
import { internalPath, prepareLessonHtml } from '../../lib/lesson-html';

/** Text of a lesson. The server has sanitised it; links to other lessons stay inside the application. */
export function HtmlBlock({ html }: { html: string }) {
  const navigate = useNavigate();
  const prepared = useMemo(() => prepareLessonHtml(html), [html]);
  const follow = (event: MouseEvent<HTMLDivElement>) => {
    const link = (event.target as Element).closest('a');
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    const path = link && plain && !event.defaultPrevented ? internalPath(link, window.location.origin) : null;
    if (!path) return;
    event.preventDefault();
    void navigate(path);
  };
  return (
    // The links inside do the work and have the roles; this only listens to them.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events
    <div className="prose max-w-[68ch]" onClick={follow} dangerouslySetInnerHTML={{ __html: prepared }} />
  );
}
