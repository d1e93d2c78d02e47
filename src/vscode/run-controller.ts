import * as vscode from 'vscode';
import { cancelledError, TakossError, toTakossError } from '../core/errors.ts';
import type { GenerationResult, StreamEvent } from '../core/events.ts';
import type { Generator } from '../core/ports.ts';
import { type ConflictResolver, ProjectWriter, type WriteRecord } from '../core/project-writer.ts';
import { errorEvent } from '../core/run-events.ts';
import { initialRunState, reduceRun } from '../core/run-state.ts';
import { writeProject } from '../core/write-project.ts';
import type { TrackerState } from '../protocol/messages.ts';
import { summarizeCoverage } from './coverage-summary.ts';
import { folderLabel } from './folder-label.ts';
import type { RunPlan } from './plan.ts';
import type { RunMemory } from './run-memory.ts';
import type { UndoStore } from './undo-store.ts';
import { WorkspaceFileSystem } from './workspace-file-system.ts';

/** What a finished run made, and where. */
export interface GeneratedProject {
  readonly projectId: string;
  readonly projectName: string;
  readonly folder: vscode.Uri;
  /** Paths below the folder. */
  readonly files: readonly string[];
}

/** A new state: by an event that whoever reduces the same events has to reduce too, or as a whole. */
export type TrackerChange = { readonly type: 'event'; readonly event: StreamEvent } | { readonly type: 'snapshot' };

export interface RunParts {
  readonly log: vscode.LogOutputChannel;
  readonly memory: RunMemory;
  readonly undo: UndoStore;
  /** Called at the first run and every other: engines load on first use. */
  readonly createGenerator: () => Promise<Generator>;
}

const idleState: TrackerState = {
  projectName: undefined,
  run: initialRunState,
  isInterrupted: false,
  target: undefined,
  actions: ['generate'],
  coverage: undefined,
};

/** Runs one generation at a time, and owns the state that tracker and status bar show. */
export class RunController implements vscode.Disposable {
  readonly #parts: RunParts;
  readonly #changes = new vscode.EventEmitter<TrackerChange>();
  readonly onDidChange = this.#changes.event;
  #state: TrackerState;
  /** Set when the window goes: whatever ends now was not ended by the user. */
  #isClosing = false;
  #active: { readonly abort: AbortController; readonly ended: Promise<unknown> } | undefined;

  constructor(parts: RunParts) {
    this.#parts = parts;
    this.#state = restore(parts.memory.state);
  }

  get state(): TrackerState {
    return this.#state;
  }

  get isRunning(): boolean {
    return this.#active !== undefined;
  }

  /** What the last run was asked for, to try it again. */
  lastPlan(): Promise<RunPlan | undefined> {
    return this.#parts.memory.plan();
  }

  /**
   * Generates and writes a project. Throws the {@link TakossError} that ended the run, after the state says so; and `invalid-request`
   * at once while another run is on.
   */
  async start(plan: RunPlan, resolveConflicts: ConflictResolver): Promise<GeneratedProject> {
    if (this.isRunning) throw new TakossError('invalid-request', busySentence(this.#state.projectName));
    const abort = new AbortController();
    const run = this.#run(plan, resolveConflicts, abort.signal);
    this.#active = { abort, ended: run.catch(() => undefined) };
    try {
      return await run;
    } finally {
      this.#active = undefined;
      this.#settle();
    }
  }

  /** Stops the run, if there is one, and waits until it has cleaned up after itself. */
  async cancel(): Promise<void> {
    this.#active?.abort.abort(cancelledError());
    await this.#active?.ended;
  }

  /** Stops the run because the window goes, so that it comes back as interrupted and not as cancelled by the user. */
  async interrupt(): Promise<void> {
    this.#isClosing = true;
    await this.cancel();
  }

  /** Asks the run to stop without waiting: for those the run itself waits for. */
  requestCancel(): void {
    this.#active?.abort.abort(cancelledError());
  }

  /** Forgets a run that has ended. */
  clear(): void {
    if (this.isRunning) return;
    this.#state = idleState;
    this.#changed({ type: 'snapshot' });
    void this.#parts.memory.setState(this.#state);
  }

  dispose(): void {
    this.requestCancel();
    this.#changes.dispose();
  }

  async #run(plan: RunPlan, resolveConflicts: ConflictResolver, signal: AbortSignal): Promise<GeneratedProject> {
    const { log, memory } = this.#parts;
    const { request } = plan;
    const startedAt = Date.now();
    this.#show({ projectName: request.projectName, target: folderLabel(plan.folder), actions: ['cancel'] });
    void memory.setPlan(plan);
    let written = plan.folder;
    const writer = new ProjectWriter(new WorkspaceFileSystem(plan.folder), async (conflicts) => {
      const answer = await resolveConflicts(conflicts);
      if (answer.action === 'elsewhere' && answer.fileSystem instanceof WorkspaceFileSystem) {
        written = answer.fileSystem.root;
        this.#show({ target: folderLabel(written) });
        await memory.setPlan({ request, folder: written });
      }
      return answer;
    });
    log.info(
      `Run started: ${request.requirements.length} characters of requirements, into ${plan.folder.toString(true)}`,
    );
    try {
      const generator = await this.#parts.createGenerator();
      const generation = writeProject(generator.generate(request, { signal }), writer, {
        signal,
        clock: Date,
        onWritten: (record) => this.#remember(request.projectName, written, record),
      });
      const result = await this.#consume(generation);
      log.info(`Run ended: ${result.files.length} files after ${Date.now() - startedAt} ms`);
      this.#show({ coverage: summarizeCoverage(result.phases.analysis.coverage) });
      const { projectId, files } = result;
      return { projectId, projectName: request.projectName, folder: written, files: files.map((file) => file.path) };
    } catch (thrown) {
      const error = toTakossError(thrown, signal);
      if (this.#state.run.error === undefined) this.#receive(errorEvent(error, 'initialization', Date.now()));
      logFailure(log, error);
      throw error;
    }
  }

  async #consume(generation: AsyncGenerator<StreamEvent, GenerationResult, void>): Promise<GenerationResult> {
    for (;;) {
      const next = await generation.next();
      if (next.done) return next.value;
      this.#receive(next.value);
    }
  }

  #receive(received: StreamEvent): void {
    const { log, memory } = this.#parts;
    const isInterruption = this.#isClosing && received.type === 'error' && received.data?.code === 'cancelled';
    const event = isInterruption ? interruption(this.#state, 'Nothing was written.') : received;
    this.#state = { ...this.#state, isInterrupted: isInterruption, run: reduceRun(this.#state.run, event) };
    if (event.type === 'code_chunk') log.trace(event.message);
    else if (event.type === 'phase_progress') log.debug(`${event.phase}: ${event.message}`);
    else if (event.type !== 'error') log.info(`${event.phase}: ${event.message}`);
    // A row that starts or ends is worth keeping, and so is that writing has begun.
    const isMilestone = event.type === 'phase_progress' ? event.data?.index === 1 : event.type !== 'code_chunk';
    if (isMilestone) void memory.setState(this.#state);
    this.#changed({ type: 'event', event });
  }

  async #remember(projectName: string, folder: vscode.Uri, record: WriteRecord): Promise<void> {
    try {
      await this.#parts.undo.save({ projectName, folder, record });
    } catch (error) {
      // The project is written and whole. That it cannot be undone is no reason to call it failed.
      this.#parts.log.warn('The record for Undo could not be saved.', error);
    }
  }

  /** Replaces parts of the state; a new project name begins a new run. */
  #show(changes: Partial<TrackerState>): void {
    const before = changes.projectName === undefined ? this.#state : { ...idleState, run: running };
    this.#state = { ...before, ...changes };
    this.#changed({ type: 'snapshot' });
  }

  #settle(): void {
    this.#state = { ...this.#state, actions: actionsAfter(this.#state) };
    this.#changed({ type: 'snapshot' });
    void this.#parts.memory.setState(this.#state);
  }

  #changed(change: TrackerChange): void {
    this.#changes.fire(change);
  }
}

const running = { ...initialRunState, status: 'running' } as const;

/** The sentence for a second run while one is on. */
export function busySentence(projectName: string | undefined): string {
  return `Takoss is already generating ${projectName ?? 'a project'}. Wait until it is done, or cancel it first.`;
}

function actionsAfter({ run, projectName }: TrackerState): TrackerState['actions'] {
  if (projectName === undefined) return idleState.actions;
  switch (run.status) {
    case 'succeeded':
      return ['open-readme', 'run-app', 'undo', 'clear'];
    case 'failed':
      return ['retry', 'show-log', 'clear'];
    default:
      return ['retry', 'clear'];
  }
}

/** The state before a reload of the window. A run that was on did not survive it, and says so. */
function restore(state: TrackerState | undefined): TrackerState {
  if (state === undefined) return idleState;
  if (state.run.status !== 'running') return state;
  // Writing is the last twentieth, and only a crash gets between it and the clean-up.
  const remains =
    state.run.progress < 95
      ? 'Nothing was written.'
      : `Some files may be in ${state.target ?? 'the folder'} already; they do no harm.`;
  const interrupted = { ...state, isInterrupted: true, run: reduceRun(state.run, interruption(state, remains)) };
  return { ...interrupted, actions: actionsAfter(interrupted) };
}

/** The end of a run whose window went. `remains` says what is on the disk. */
function interruption({ projectName = 'the project' }: TrackerState, remains: string): StreamEvent {
  return {
    type: 'error',
    phase: 'error',
    message: `The window was reloaded while ${projectName} was being generated. ${remains} Choose Retry to start again.`,
    progress: 0,
    data: { code: 'cancelled' },
  };
}

function logFailure(log: vscode.LogOutputChannel, error: TakossError): void {
  if (error.code === 'cancelled') {
    log.info('Run cancelled.');
    return;
  }
  log.error(`Run failed (${error.code}): ${error.message}`);
  let { cause } = error;
  for (let depth = 0; cause !== undefined && depth < 5; depth += 1) {
    log.error(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause));
    cause = cause instanceof Error ? cause.cause : undefined;
  }
}
