import { useState } from 'react';
import { cx } from './cx';

const sizes = { sm: 'size-9 text-sm', md: 'size-11', lg: 'size-28 text-3xl' };

interface AvatarProps {
  name: string;
  url: string | null;
  /** Empty where the name stands beside it. */
  alt?: string;
  size?: keyof typeof sizes;
}

/** A person's picture; their initials while there is none or it does not load. */
export function Avatar({ name, url, alt = '', size = 'md' }: AvatarProps) {
  const [broken, setBroken] = useState<string | null>(null);
  const shape = cx('shrink-0 rounded-full', sizes[size]);
  if (url && url !== broken) {
    return <img src={url} alt={alt} className={cx(shape, 'bg-sunken object-cover')} onError={() => { setBroken(url); }} />;
  }
  return (
    <span aria-hidden="true" className={cx(shape, 'grid place-items-center bg-accent-soft font-semibold text-on-accent-soft')}>
      {initials(name)}
    </span>
  );
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0]?.[0] ?? '?';
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : '';
  return (first + last).toUpperCase();
}
