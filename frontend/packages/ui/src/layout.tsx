import type { ElementType, ReactNode } from 'react';
import { cx } from './cx';

interface ContainerProps {
  as?: ElementType;
  width?: 'wide' | 'text' | 'form';
  className?: string;
  children: ReactNode;
}

const widths = { wide: 'max-w-6xl', text: 'max-w-3xl', form: 'max-w-lg' };

export function Container({ as: Tag = 'div', width = 'wide', className, children }: ContainerProps) {
  return <Tag className={cx('mx-auto w-full px-5 sm:px-8', widths[width], className)}>{children}</Tag>;
}

/** The small line above a heading that says what kind of thing follows. */
export function Eyebrow({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <p className={cx('flex items-center gap-2.5 text-sm font-semibold text-accent', className)}>
      <svg viewBox="0 0 28 10" className="h-2.5 w-7" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round">
        <path d="M1.5 5h.01M7 5h.01M12.5 5h.01M18 5h8m-3.2-3.3L26 5l-3.2 3.3" />
      </svg>
      {children}
    </p>
  );
}

interface PageHeadingProps {
  eyebrow?: string;
  title: string;
  lead?: ReactNode;
  className?: string;
}

/** tabIndex lets a route change move the focus to the new page's name. */
export function PageHeading({ eyebrow, title, lead, className }: PageHeadingProps) {
  return (
    <header className={cx('max-w-3xl', className)}>
      {eyebrow && <Eyebrow className="mb-4">{eyebrow}</Eyebrow>}
      <h1 tabIndex={-1} className="text-title">{title}</h1>
      {lead && <p className="mt-5 text-lead text-ink-muted">{lead}</p>}
    </header>
  );
}
