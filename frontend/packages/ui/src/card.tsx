import type { ElementType, ReactNode } from 'react';
import { cx } from './cx';

interface CardProps {
  as?: ElementType;
  /** Lifts on hover; for cards whose title is a link that covers the card. */
  interactive?: boolean;
  /** No padding: for cards that start with a picture. */
  flush?: boolean;
  className?: string;
  children: ReactNode;
}

export function Card({ as: Tag = 'div', interactive = false, flush = false, className, children }: CardProps) {
  return (
    <Tag
      className={cx(
        'relative rounded-card border border-line bg-surface',
        flush ? 'overflow-hidden' : 'p-6',
        interactive && 'transition-[transform,box-shadow,border-color] duration-200 ease-out hover:-translate-y-0.5 hover:border-line-strong hover:shadow-card',
        className,
      )}
    >
      {children}
    </Tag>
  );
}
