import type { RunEngine } from '../../src/protocol/messages.ts';
import { Icon } from './icon.tsx';

/** What works on the run, where that is something else than rules on this machine. */
export function EngineLabel({ engine }: { engine: RunEngine }) {
  if (engine.kind === 'offline') return null;
  return (
    <span class="engine" title={`Generated with ${engine.label}`}>
      <Icon name={engine.kind === 'remote' ? 'server' : 'sparkle'} label="Generated with" />
      <bdi>{engine.label}</bdi>
    </span>
  );
}
