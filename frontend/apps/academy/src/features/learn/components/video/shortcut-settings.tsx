import { CheckboxField } from '@tt/ui/controls';
import { Disclosure } from '@tt/ui/disclosure';
import { playerMessages as messages } from '../../player-messages';
import { usePlayerSettings } from '../../state/player-settings';

export function ShortcutSettings() {
  const shortcuts = usePlayerSettings((settings) => settings.shortcuts);
  const set = usePlayerSettings((settings) => settings.set);
  return (
    <Disclosure title={messages.shortcuts}>
      <CheckboxField
        label={messages.shortcutsOn}
        checked={shortcuts}
        onChange={(event) => { set({ shortcuts: event.target.checked }); }}
      />
      <dl className="mt-4 grid grid-cols-[auto_1fr] items-baseline gap-x-5 gap-y-2">
        {messages.shortcutList.map(([keys, meaning]) => (
          <div key={keys} className="contents">
            <dt><kbd className="rounded-md border border-line-strong bg-sunken px-2 py-0.5 font-sans text-sm font-semibold text-ink">{keys}</kbd></dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Disclosure>
  );
}
