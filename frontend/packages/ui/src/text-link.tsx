import type { AnchorHTMLAttributes } from 'react';
import { Link, type LinkProps } from 'react-router';
import { cx } from './cx';

export function TextLink({ className, ...rest }: LinkProps) {
  return <Link {...rest} className={cx('link', className)} />;
}

/** To another origin: a plain navigation, without telling it more than the origin we come from. */
export function ExternalLink({ className, children, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement>) {
  return (
    <a rel="noopener noreferrer" {...rest} className={cx('link', className)}>
      {children}
    </a>
  );
}
