import { useEffect, useState } from 'react';
import { RATES } from '../../lib/shortcuts';
import { playerMessages as messages } from '../../player-messages';
import { ControlButton, ControlSelect } from './control-button';
import type { Captions } from './use-captions';
import type { PlayerCommands } from './use-player-commands';
import type { VideoState } from './use-video';

interface PlayerControlsProps {
  state: VideoState;
  commands: PlayerCommands;
  captions: Captions;
}

export function PlayerControls({ state, commands, captions }: PlayerControlsProps) {
  const fullscreen = useFullscreen();
  return (
    <div className="mt-1 flex flex-wrap items-center sm:gap-1">
      <ControlButton
        primary
        label={state.playing ? messages.pause : messages.play}
        icon={state.playing ? 'pause' : 'play'}
        onClick={() => { commands.run({ kind: 'toggle' }); }}
      />
      <ControlButton label={messages.back} icon="back" onClick={() => { commands.run({ kind: 'seek', byMs: -10_000 }); }} />
      <ControlButton label={messages.forward} icon="forward" onClick={() => { commands.run({ kind: 'seek', byMs: 10_000 }); }} />
      <ControlButton
        label={state.muted ? messages.unmute : messages.mute}
        icon={state.muted ? 'muted' : 'sound'}
        onClick={() => { commands.run({ kind: 'mute' }); }}
      />
      <span className="ml-auto" />
      <ControlSelect
        label={messages.speed}
        value={String(state.rate)}
        options={RATES.map((rate) => ({ value: String(rate), label: messages.rate(rate) }))}
        onChange={(value) => { commands.setRate(Number(value)); }}
      />
      {captions.available.length > 0 && <CaptionsControl captions={captions} />}
      <ControlButton
        label={fullscreen ? messages.exitFullscreen : messages.fullscreen}
        icon={fullscreen ? 'shrink' : 'grow'}
        onClick={() => { commands.run({ kind: 'fullscreen' }); }}
      />
    </div>
  );
}

/** One language needs a switch; several need a choice. */
function CaptionsControl({ captions }: { captions: Captions }) {
  if (captions.available.length === 1) {
    return <ControlButton label={messages.captions} icon="captions" pressed={captions.shown !== null} onClick={captions.toggle} />;
  }
  const languages = captions.available.map(({ language, label }) => ({ value: language, label: label ?? language }));
  return (
    <ControlSelect
      label={messages.captions}
      value={captions.shown ?? ''}
      options={[{ value: '', label: messages.captionsOff }, ...languages]}
      onChange={(value) => { captions.show(value || null); }}
    />
  );
}

function useFullscreen(): boolean {
  const [on, setOn] = useState(false);
  useEffect(() => {
    const update = () => { setOn(document.fullscreenElement !== null); };
    document.addEventListener('fullscreenchange', update);
    return () => { document.removeEventListener('fullscreenchange', update); };
  }, []);
  return on;
}
