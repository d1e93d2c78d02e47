import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { TrackerAction, ViewMessage } from '../../src/protocol/messages.ts';
import { looksOf } from '../actions.ts';
import { Icon } from './icon.tsx';

interface ToolbarProps {
  /** What the host offers. Nothing else is shown. */
  readonly actions: readonly TrackerAction[];
  readonly isRunning: boolean;
  readonly send: (message: ViewMessage) => void;
}

/** Buttons for what can be done with the run now. A run that has just ended cannot be cancelled, whatever was offered before. */
export function Toolbar({ actions, isRunning, send }: ToolbarProps) {
  const [isCancelling, setCancelling] = useState(false);
  useEffect(() => setCancelling(false), [isRunning]);
  const toolbar = useRef<HTMLDivElement>(null);
  const hadFocus = toolbar.current?.contains(document.activeElement) === true;

  // A keyboard user whose button has gone, such as Cancel at the end, goes on from the first one that took its place.
  useLayoutEffect(() => {
    if (hadFocus && !toolbar.current?.contains(document.activeElement)) {
      toolbar.current?.querySelector('button')?.focus();
    }
  });

  return (
    <div class="toolbar" ref={toolbar}>
      {looksOf(isRunning ? actions : actions.filter((action) => action !== 'cancel')).map(
        ({ action, label, icon, isPrimary }) => {
          const isWaiting = action === 'cancel' && isCancelling;
          return (
            <button
              key={action}
              type="button"
              class={isPrimary ? 'button' : 'button is-secondary'}
              aria-disabled={isWaiting}
              onClick={() => {
                if (isWaiting) return;
                if (action === 'cancel') setCancelling(true);
                send({ type: 'action', action });
              }}
            >
              <Icon name={isWaiting ? 'loading' : icon} spin={isWaiting} />
              {isWaiting ? 'Cancelling' : label}
            </button>
          );
        },
      )}
    </div>
  );
}
