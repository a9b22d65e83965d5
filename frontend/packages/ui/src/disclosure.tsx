import { Disclosure as HeadlessDisclosure, DisclosureButton, DisclosurePanel } from '@headlessui/react';
import type { ReactNode } from 'react';
import { cx } from './cx';

interface DisclosureProps {
  title: ReactNode;
  children: ReactNode;
  defaultOpen?: boolean;
  className?: string;
}

export function Disclosure({ title, children, defaultOpen = false, className }: DisclosureProps) {
  return (
    <HeadlessDisclosure as="div" defaultOpen={defaultOpen} className={cx('border-b border-line', className)}>
      <DisclosureButton className="group flex w-full items-center justify-between gap-4 py-4 text-left font-semibold hover:text-accent">
        <span className="min-w-0">{title}</span>
        <svg viewBox="0 0 20 20" aria-hidden="true" className="size-5 shrink-0 transition-transform group-data-open:rotate-45" stroke="currentColor" strokeWidth="2" strokeLinecap="round">
          <path d="M10 4v12M4 10h12" />
        </svg>
      </DisclosureButton>
      <DisclosurePanel className="pb-5 text-ink-muted">{children}</DisclosurePanel>
    </HeadlessDisclosure>
  );
}
