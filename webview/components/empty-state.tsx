import type { TrackerAction, ViewMessage } from '../../src/protocol/messages.ts';
import { Icon } from './icon.tsx';
import { Toolbar } from './toolbar.tsx';

interface EmptyStateProps {
  readonly actions: readonly TrackerAction[];
  readonly send: (message: ViewMessage) => void;
}

/** Before the first run and after Clear. */
export function EmptyState({ actions, send }: EmptyStateProps) {
  return (
    <main class="empty">
      <Icon name="layers" />
      <h1>No project yet</h1>
      <p>Describe an application in plain English and watch it being built, file by file, in your workspace.</p>
      <Toolbar actions={actions} isRunning={false} send={send} />
    </main>
  );
}
