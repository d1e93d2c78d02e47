import type { TrackerState } from '../../src/protocol/messages.ts';
import { formatCount } from '../format.ts';
import { stopReason } from '../outcome.ts';
import { Elapsed } from './elapsed.tsx';
import { Icon } from './icon.tsx';
import { ProgressBar } from './progress-bar.tsx';
import { pure } from './pure.tsx';
import { StatusIcon } from './status-icon.tsx';
import { StepList } from './step-list.tsx';

interface PhaseRowProps {
  readonly phase: TrackerState['run']['phases'][number];
  readonly isInterrupted: boolean;
  /** Whether its steps are shown. */
  readonly isOpen: boolean;
  readonly onToggle: (name: string) => void;
}

/** One phase. The same two lines high from start to end; only a failure, which must be read in full, may take more. */
export const PhaseRow = pure(({ phase, isInterrupted, isOpen, onToggle }: PhaseRowProps) => {
  const status = isInterrupted && phase.status === 'running' ? 'interrupted' : phase.status;
  const isRunning = status === 'running';
  const stepsId = `steps-${phase.name}`;
  const message = isRunning ? (phase.tasks.at(-1) ?? phase.message) : messageOf(phase);
  const hasSteps = phase.tasks.length > 0 && phase.taskTotal > 1;
  const steps = status === 'done' ? formatCount(phase.taskTotal, 'step') : `${phase.taskIndex} of ${phase.taskTotal}`;
  return (
    <li class={`phase is-${status}`} data-phase={phase.name}>
      <StatusIcon status={status} />
      <span class="phase-title">{phase.title}</span>
      <Elapsed from={phase.startedAt} to={phase.endedAt} isRunning={isRunning} />
      <span class="phase-message" title={message}>
        {message}
      </span>
      {hasSteps && (
        <button
          type="button"
          class="phase-steps"
          aria-expanded={isOpen}
          aria-controls={stepsId}
          aria-label={`Steps of ${phase.title}: ${steps}`}
          onClick={() => onToggle(phase.name)}
        >
          {steps}
          <Icon name={isOpen ? 'chevron-up' : 'chevron-down'} />
        </button>
      )}
      <ProgressBar label={phase.title} percent={phase.percent} />
      {hasSteps && isOpen && <StepList id={stepsId} steps={phase.tasks} status={status} />}
    </li>
  );
});

function messageOf({ status, message }: PhaseRowProps['phase']): string {
  return status === 'cancelled' ? stopReason(message) : message;
}
