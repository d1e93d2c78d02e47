import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { TrackerState, ViewMessage } from '../src/protocol/messages.ts';
import { Coverage } from './components/coverage.tsx';
import { EmptyState } from './components/empty-state.tsx';
import { ErrorNote } from './components/error-note.tsx';
import { FileList } from './components/file-list.tsx';
import { Found } from './components/found.tsx';
import { Header } from './components/header.tsx';
import { LiveFile } from './components/live-file.tsx';
import { Notices } from './components/notices.tsx';
import { PhaseList } from './components/phase-list.tsx';
import { SliceList } from './components/slice-list.tsx';
import { announcement, hasFiles, outcomeOf } from './outcome.ts';
import { toggled, type ViewDetails } from './view-details.ts';

interface AppProps {
  readonly state: TrackerState;
  readonly send: (message: ViewMessage) => void;
  /** How the view was left. */
  readonly details: ViewDetails;
  readonly saveDetails: (details: ViewDetails) => void;
}

/** The whole tracker for one state. */
export function App({ state, send, details: initialDetails, saveDetails }: AppProps) {
  const [details, setDetails] = useState(initialDetails);
  const main = useRef<HTMLElement>(null);
  const outcome = outcomeOf(state);
  const { run } = state;

  useEffect(() => saveDetails(details), [details, saveDetails]);
  const toggleSection = useCallback(
    (name: string) => setDetails((now) => ({ ...now, folded: toggled(now.folded, name) })),
    [],
  );
  const togglePhase = useCallback(
    (name: string) => setDetails((now) => ({ ...now, opened: toggled(now.opened, name) })),
    [],
  );
  const openFile = useCallback((path: string) => send({ type: 'open-file', path }), [send]);
  const onScrollEnd = useCallback(() => setDetails((now) => ({ ...now, scrollTop: main.current?.scrollTop ?? 0 })), []);
  const isEmpty = outcome === 'idle' && state.projectName === undefined;
  useEffect(() => {
    if (!isEmpty && main.current !== null) main.current.scrollTop = initialDetails.scrollTop;
  }, [isEmpty, initialDetails]);
  // What went wrong is to be read without looking for it, however low the panel is.
  const hasError = run.error !== undefined;
  useEffect(() => {
    if (hasError) main.current?.querySelector('.error-note, li[data-has-error]')?.scrollIntoView({ block: 'nearest' });
  }, [hasError]);

  // The live region stays the same element from first to last, or screen readers would not follow it.
  const liveRegion = (
    <div class="for-screen-readers" role="status" aria-live="polite" aria-atomic="false" key="live-region">
      <p>{announcement(state, outcome)}</p>
      {run.notices.map((notice) => (
        <p key={notice}>{notice}</p>
      ))}
    </div>
  );
  if (isEmpty) {
    return (
      <>
        {liveRegion}
        <EmptyState actions={state.actions} send={send} />
      </>
    );
  }

  const section = { folded: details.folded, onToggle: toggleSection };
  const errorHasRow = run.phases.some(({ name }) => name === run.error?.phase);
  return (
    <>
      {liveRegion}
      <Header state={state} outcome={outcome} send={send} />
      {(run.notices.length > 0 || run.warning !== undefined) && <Notices notices={run.notices} warning={run.warning} />}
      <main class={`columns is-${outcome}`} ref={main} onScrollEnd={onScrollEnd}>
        <div class="column">
          {run.error !== undefined && !errorHasRow && (
            <ErrorNote error={run.error} isInterrupted={outcome === 'interrupted'} />
          )}
          <PhaseList
            phases={run.phases}
            warning={run.warning}
            found={run.found}
            isInterrupted={outcome === 'interrupted'}
            opened={details.opened}
            onToggle={togglePhase}
          />
          {run.slices.length > 0 && <SliceList slices={run.slices} outcome={outcome} {...section} />}
          {state.coverage !== undefined && state.coverage.sentences > 0 && (
            <Coverage coverage={state.coverage} {...section} />
          )}
          {outcome !== 'running' && run.found.entities.length + run.found.features.length > 0 && (
            <Found found={run.found} {...section} />
          )}
        </div>
        <div class="column is-files">
          <FileList
            outcome={outcome}
            files={run.files}
            currentPath={outcome === 'running' ? run.live?.path : undefined}
            canOpen={hasFiles(outcome)}
            onOpen={openFile}
            {...section}
          />
          {run.live !== undefined && !hasFiles(outcome) && (
            <LiveFile
              live={run.live}
              isWriting={outcome === 'running' && !isComplete(run, run.live.path)}
              {...section}
            />
          )}
        </div>
      </main>
    </>
  );
}

function isComplete(run: TrackerState['run'], path: string): boolean {
  return run.files.findLast((file) => file.path === path)?.isComplete === true;
}
