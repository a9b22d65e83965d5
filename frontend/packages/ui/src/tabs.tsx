import { Tab, TabGroup, TabList, TabPanel, TabPanels } from '@headlessui/react';
import type { ReactNode } from 'react';

export interface TabItem {
  key: string;
  label: ReactNode;
  content: ReactNode;
}

export function Tabs({ items, label }: { items: TabItem[]; label: string }) {
  return (
    <TabGroup>
      <TabList aria-label={label} className="flex gap-1 overflow-x-auto border-b border-line">
        {items.map((item) => (
          <Tab
            key={item.key}
            className="-mb-px min-h-11 border-b-2 border-transparent px-4 font-medium whitespace-nowrap text-ink-muted hover:text-ink data-selected:border-accent data-selected:text-accent"
          >
            {item.label}
          </Tab>
        ))}
      </TabList>
      <TabPanels className="pt-5">
        {items.map((item) => (
          <TabPanel key={item.key}>{item.content}</TabPanel>
        ))}
      </TabPanels>
    </TabGroup>
  );
}
