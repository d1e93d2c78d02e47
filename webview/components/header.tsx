import type { TrackerState, ViewMessage } from '../../src/protocol/messages.ts';
import { hasFiles, headline, type Outcome } from '../outcome.ts';
import { ConnectionNote } from './connection-note.tsx';
import { Elapsed } from './elapsed.tsx';
import { EngineLabel } from './engine-label.tsx';
import { Icon } from './icon.tsx';
import { ProgressBar } from './progress-bar.tsx';
import { StatusIcon } from './status-icon.tsx';
import { Summary } from './summary.tsx';
import { Toolbar } from './toolbar.tsx';
import { UsageLine } from './usage-line.tsx';

interface HeaderProps {
  readonly state: TrackerState;
  readonly outcome: Outcome;
  readonly send: (message: ViewMessage) => void;
}

/** The run as a whole: which project, how far, where to, and what can be done with it. */
export function Header({ state, outcome, send }: HeaderProps) {
  const { run, target } = state;
  return (
    <header class={`header is-${outcome}`}>
      <div class="header-line">
        <StatusIcon status={outcome} />
        <h1 class="project-name">
          <bdi>{state.projectName ?? 'New project'}</bdi>
        </h1>
        <span class="percent">{Math.round(run.progress)}%</span>
      </div>
      <div class="header-line is-sub">
        {state.connection !== undefined && outcome === 'running' ? (
          <ConnectionNote connection={state.connection} />
        ) : (
          <span class="headline">{headline(state, outcome)}</span>
        )}
        {!hasFiles(outcome) && <Elapsed from={run.startedAt} to={run.updatedAt} isRunning={outcome === 'running'} />}
      </div>
      {target !== undefined && (
        <div class="header-line is-sub is-target" title={target}>
          <Icon name="folder" label="Target folder" />
          <bdi>{target}</bdi>
          {state.engine !== undefined && <EngineLabel engine={state.engine} />}
        </div>
      )}
      {hasFiles(outcome) && <Summary run={run} />}
      {run.usage !== undefined && (
        <UsageLine usage={run.usage} estimate={outcome === 'running' ? run.estimate : undefined} />
      )}
      <Toolbar actions={state.actions} isRunning={outcome === 'running'} send={send} />
      <ProgressBar label="Whole run" percent={run.progress} />
    </header>
  );
}
