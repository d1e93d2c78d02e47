import type { TrackerAction } from '../src/protocol/messages.ts';

interface ActionLook {
  readonly action: TrackerAction;
  readonly label: string;
  /** Name of a codicon. */
  readonly icon: string;
  /** Whether it may be the one button that stands out. */
  readonly canBePrimary: boolean;
}

/** Every button in the order in which it is shown. */
const looks: readonly ActionLook[] = [
  { action: 'run-app', label: 'Run It', icon: 'play', canBePrimary: true },
  { action: 'sign-in', label: 'Sign In', icon: 'key', canBePrimary: true },
  { action: 'set-key', label: 'Set API Key', icon: 'key', canBePrimary: true },
  { action: 'open-billing', label: 'Open Billing', icon: 'credit-card', canBePrimary: true },
  { action: 'choose-model', label: 'Choose Model', icon: 'sparkle', canBePrimary: true },
  { action: 'change-budget', label: 'Change Budget', icon: 'settings-gear', canBePrimary: true },
  { action: 'retry', label: 'Retry', icon: 'refresh', canBePrimary: true },
  { action: 'open-readme', label: 'Open README', icon: 'book', canBePrimary: true },
  { action: 'generate', label: 'Generate Project', icon: 'add', canBePrimary: true },
  { action: 'cancel', label: 'Cancel', icon: 'stop-circle', canBePrimary: false },
  { action: 'undo', label: 'Undo', icon: 'discard', canBePrimary: false },
  { action: 'show-log', label: 'Show Log', icon: 'output', canBePrimary: false },
  { action: 'clear', label: 'Clear', icon: 'clear-all', canBePrimary: false },
];

/** The buttons for what the host offers, the primary one first. */
export function looksOf(actions: readonly TrackerAction[]): readonly (ActionLook & { readonly isPrimary: boolean })[] {
  return looks
    .filter(({ action }) => actions.includes(action))
    .map((look, index) => ({ ...look, isPrimary: index === 0 && look.canBePrimary }));
}
