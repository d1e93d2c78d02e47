import type { Outcome } from '../outcome.ts';
import { Icon } from './icon.tsx';

type Status = Outcome | 'done';

const looks: Readonly<Record<Status, { readonly icon: string; readonly label: string }>> = {
  idle: { icon: 'circle-outline', label: 'Waiting' },
  running: { icon: 'loading', label: 'Running' },
  done: { icon: 'pass-filled', label: 'Done' },
  succeeded: { icon: 'pass-filled', label: 'Done' },
  failed: { icon: 'error', label: 'Failed' },
  cancelled: { icon: 'circle-slash', label: 'Cancelled' },
  warned: { icon: 'warning', label: 'Done, with a warning' },
  interrupted: { icon: 'warning', label: 'Interrupted' },
};

/** Spinner, green check, red error: how a run or a phase stands. */
export function StatusIcon({ status }: { status: Status }) {
  const { icon, label } = looks[status];
  return (
    <span class={`status-icon is-${status}`}>
      <Icon name={icon} label={label} spin={status === 'running'} />
    </span>
  );
}
