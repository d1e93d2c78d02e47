import type { TrackerState } from '../../src/protocol/messages.ts';
import { Icon } from './icon.tsx';

interface StepListProps {
  readonly id: string;
  readonly steps: readonly string[];
  /** How the phase stands; its last step stands the same. */
  readonly status: TrackerState['run']['phases'][number]['status'] | 'interrupted';
}

const lastIcons = {
  running: 'loading',
  done: 'check',
  failed: 'error',
  cancelled: 'circle-slash',
  interrupted: 'warning',
};

/** The steps of a phase so far. */
export function StepList({ id, steps, status }: StepListProps) {
  return (
    <ol class="steps" id={id}>
      {steps.map((step, index) => {
        const icon = index === steps.length - 1 ? lastIcons[status] : 'check';
        return (
          <li key={step}>
            <Icon name={icon} spin={icon === 'loading'} />
            <span>{step}</span>
          </li>
        );
      })}
    </ol>
  );
}
