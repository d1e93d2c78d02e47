import type { RunEngine } from '../../src/protocol/messages.ts';
import { Icon } from './icon.tsx';

const icons: Readonly<Partial<Record<RunEngine['kind'], string>>> = {
  claude: 'sparkle',
  'vscode-lm': 'sparkle',
  remote: 'server',
};

/** What works on the run, where that is something else than rules on this machine. */
export function EngineLabel({ engine }: { engine: RunEngine }) {
  const icon = icons[engine.kind];
  if (icon === undefined) return null;
  return (
    <span class="engine" title={`Generated with ${engine.label}`}>
      <Icon name={icon} label="Generated with" />
      <bdi>{engine.label}</bdi>
    </span>
  );
}
