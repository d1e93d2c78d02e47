import { shortWarning } from '../../src/core/run-words.ts';
import type { TrackerState } from '../../src/protocol/messages.ts';
import { stopReason } from '../outcome.ts';
import { Chips } from './chips.tsx';
import { Elapsed } from './elapsed.tsx';
import { ProgressBar } from './progress-bar.tsx';
import { pure } from './pure.tsx';
import { StatusIcon } from './status-icon.tsx';
import { StepCount } from './step-count.tsx';
import { StepList } from './step-list.tsx';

interface PhaseRowProps {
  readonly phase: TrackerState['run']['phases'][number];
  /** What it has found, while it is finding. */
  readonly found: TrackerState['run']['found'] | undefined;
  readonly warning: TrackerState['run']['warning'];
  readonly isInterrupted: boolean;
  /** Whether its steps are shown. */
  readonly isOpen: boolean;
  readonly onToggle: (name: string) => void;
}

/** One phase. The same two lines high from start to end; only a failure, which must be read in full, may take more. */
export const PhaseRow = pure(({ phase, found, warning, isInterrupted, isOpen, onToggle }: PhaseRowProps) => {
  const status = warning !== undefined ? 'warned' : statusOf(phase, isInterrupted);
  const hasError = status !== 'running' && status !== 'done' && status !== 'warned';
  const isRunning = status === 'running';
  const stepsId = `steps-${phase.name}`;
  const message = warning === undefined ? messageOf(phase) : shortWarning(warning);
  return (
    <li class={`phase is-${status}`} data-phase={phase.name} data-has-error={hasError || undefined}>
      <StatusIcon status={status} />
      <span class="phase-title">{phase.title}</span>
      <Elapsed from={phase.startedAt} to={phase.endedAt} isRunning={isRunning} />
      <span class="phase-message" title={message}>
        {message}
      </span>
      <StepCount phase={phase} listId={stepsId} isOpen={isOpen} onToggle={onToggle} />
      <ProgressBar label={phase.title} percent={phase.percent} />
      {isOpen && phase.tasks.length > 1 && (
        <StepList id={stepsId} steps={phase.tasks} status={status === 'warned' ? 'done' : status} />
      )}
      {found !== undefined && (
        <div class="phase-found">
          <Chips kind="entities" names={found.entities} />
          <Chips kind="features" names={found.features} />
        </div>
      )}
    </li>
  );
});

function statusOf({ status }: PhaseRowProps['phase'], isInterrupted: boolean) {
  return isInterrupted && status === 'cancelled' ? 'interrupted' : status;
}

function messageOf({ status, message }: PhaseRowProps['phase']): string {
  return status === 'cancelled' ? stopReason(message) : message;
}
