import type { TrackerState } from '../../src/protocol/messages.ts';
import { PhaseRow } from './phase-row.tsx';
import { pure } from './pure.tsx';

interface PhaseListProps {
  /** What has been found so far: shown where it is being found. */
  readonly found: TrackerState['run']['found'];
  readonly phases: TrackerState['run']['phases'];
  /** Why the run did not end as well as its last phase says. */
  readonly warning: TrackerState['run']['warning'];
  readonly isInterrupted: boolean;
  /** Names of the phases whose steps are shown. */
  readonly opened: readonly string[];
  readonly onToggle: (name: string) => void;
}

/** A row per phase, in the order in which they started. */
export const PhaseList = pure(({ phases, found, warning, isInterrupted, opened, onToggle }: PhaseListProps) => (
  // biome-ignore lint/a11y/noRedundantRoles: a list without bullets loses its role in some screen readers
  <ul class="phases" role="list" aria-label="Phases">
    {phases.map((phase) => (
      <PhaseRow
        key={phase.name}
        phase={phase}
        found={phase.name === 'analysis' && phase.status === 'running' ? found : undefined}
        warning={phase.name === 'complete' && phase.status === 'done' ? warning : undefined}
        isInterrupted={isInterrupted}
        isOpen={opened.includes(phase.name)}
        onToggle={onToggle}
      />
    ))}
  </ul>
));
