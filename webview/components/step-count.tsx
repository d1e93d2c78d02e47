import type { TrackerState } from '../../src/protocol/messages.ts';
import { formatCount } from '../format.ts';
import { Icon } from './icon.tsx';

interface StepCountProps {
  readonly phase: TrackerState['run']['phases'][number];
  /** The element that lists the steps. */
  readonly listId: string;
  readonly isOpen: boolean;
  readonly onToggle: (name: string) => void;
}

/** How far the steps of a phase are; where there is more than one to show, a button that shows them. */
export function StepCount({ phase, listId, isOpen, onToggle }: StepCountProps) {
  const { name, title, status, tasks, taskIndex, taskTotal } = phase;
  if (tasks.length === 0 || taskTotal < 2) return null;
  if (tasks.length === 1) {
    return status === 'done' ? null : <span class="phase-steps">{`${taskIndex} of ${taskTotal}`}</span>;
  }
  const count = status === 'done' ? formatCount(taskTotal, 'step') : `${taskIndex} of ${taskTotal}`;
  return (
    <button
      type="button"
      class="phase-steps"
      aria-expanded={isOpen}
      aria-controls={listId}
      aria-label={`Steps of ${title}: ${count}`}
      onClick={() => onToggle(name)}
    >
      {count}
      <Icon name={isOpen ? 'chevron-up' : 'chevron-down'} />
    </button>
  );
}
