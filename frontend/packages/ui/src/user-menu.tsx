import { Menu, MenuButton, MenuItem, MenuItems } from '@headlessui/react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { initials } from './avatar';
import { messages } from './messages';

export interface UserMenuEntry {
  key: string;
  label: string;
  /** A path of this site, or an action. */
  to?: string;
  onSelect?: () => void;
}

interface UserMenuProps {
  name: string;
  email: string;
  entries: UserMenuEntry[];
}

const entryClass = 'block w-full rounded-lg px-3 py-2.5 text-left data-focus:bg-sunken data-focus:text-accent';

function Entry({ entry }: { entry: UserMenuEntry }): ReactNode {
  if (entry.to) return <MenuItem><Link to={entry.to} className={entryClass}>{entry.label}</Link></MenuItem>;
  return <MenuItem><button type="button" onClick={entry.onSelect} className={entryClass}>{entry.label}</button></MenuItem>;
}

export function UserMenu({ name, email, entries }: UserMenuProps) {
  return (
    <Menu>
      <MenuButton className="grid size-11 place-items-center rounded-full bg-accent-soft font-semibold text-on-accent-soft hover:brightness-95">
        <span aria-hidden="true">{initials(name)}</span>
        <span className="sr-only">{`${messages.accountMenu}: ${name}`}</span>
      </MenuButton>
      <MenuItems anchor={{ to: 'bottom end', gap: 8 }} modal={false} className="z-50 w-64 rounded-2xl border border-line bg-surface p-2 shadow-float">
        <div className="border-b border-line px-3 pt-1.5 pb-3">
          <p className="truncate font-semibold">{name}</p>
          <p className="truncate text-sm text-ink-muted">{email}</p>
        </div>
        <div className="pt-2">
          {entries.map((entry) => <Entry key={entry.key} entry={entry} />)}
        </div>
      </MenuItems>
    </Menu>
  );
}
