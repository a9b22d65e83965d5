import type { ReactNode } from 'react';
import { Container } from './layout';
import { LogoMark } from './logo';

export interface FooterColumn {
  title: string;
  links: ReactNode[];
}

interface SiteFooterProps {
  tagline: string;
  columns: FooterColumn[];
  legal: string;
  children?: ReactNode;
}

/** The dark end of every page on both sites; `children` is the call to action above the columns. */
export function SiteFooter({ tagline, columns, legal, children }: SiteFooterProps) {
  return (
    <footer className="mt-20 bg-board text-on-board">
      <Container className="py-14">
        {children}
        <div className="grid gap-10 sm:grid-cols-2 lg:grid-cols-[1.6fr_repeat(3,1fr)]">
          <div>
            <LogoMark className="size-11 [&>rect]:fill-board-raised" />
            <p className="mt-4 max-w-xs font-display text-xl leading-snug font-semibold">{tagline}</p>
          </div>
          {columns.map((column) => (
            <nav key={column.title} aria-label={column.title}>
              <h2 className="font-sans text-sm font-semibold text-on-board-muted">{column.title}</h2>
              <ul className="mt-3 space-y-1 [&_a]:inline-flex [&_a]:min-h-8 [&_a]:items-center [&_a:hover]:underline">
                {column.links.map((link, index) => <li key={index}>{link}</li>)}
              </ul>
            </nav>
          ))}
        </div>
        <p className="mt-12 border-t border-board-line pt-6 text-sm text-on-board-muted">{legal}</p>
      </Container>
    </footer>
  );
}
