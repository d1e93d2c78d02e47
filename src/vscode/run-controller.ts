import * as vscode from 'vscode';
import { cancelledError, TakossError, toTakossError } from '../core/errors.ts';
import type { GenerationResult, StreamEvent } from '../core/events.ts';
import type { Generator } from '../core/ports.ts';
import { ProjectWriter, type WriteRecord } from '../core/project-writer.ts';
import { errorEvent } from '../core/run-events.ts';
import { initialRunState, reduceRun } from '../core/run-state.ts';
import { writeProject } from '../core/write-project.ts';
import type { TrackerState } from '../protocol/messages.ts';
import type { ConnectionState } from '../transport/remote-parts.ts';
import { continuedGeneration } from './continued-generation.ts';
import { summarizeCoverage } from './coverage-summary.ts';
import { describeEngine, type EngineChoice } from './engine/engine-choice.ts';
import { folderLabel } from './folder-label.ts';
import { type GeneratedProject, generatedProject } from './generated-project.ts';
import { isMilestone, logEvent } from './log-event.ts';
import { logFailure } from './log-failure.ts';
import type { RunPlan } from './plan.ts';
import { RunPlace } from './remote/run-place.ts';
import { actionsAfter, idleState, interruption, lostOnServer, restore } from './restored-run.ts';
import type { GeneratorOptions } from './run-generator.ts';
import type { RemoteRun } from './run-memory.ts';
import type { RunParts, RunQuestions, RunWork } from './run-parts.ts';
import { WorkspaceFileSystem } from './workspace-file-system.ts';

/** A new state: by an event that whoever reduces the same events has to reduce too, or as a whole. */
export type TrackerChange = { readonly type: 'event'; readonly event: StreamEvent } | { readonly type: 'snapshot' };

interface ActiveRun {
  readonly abort: AbortController;
  readonly place: RunPlace;
  readonly ended: Promise<unknown>;
}

/** Runs one generation at a time, and owns the state that tracker and status bar show. */
export class RunController implements vscode.Disposable {
  readonly #parts: RunParts;
  readonly #changes = new vscode.EventEmitter<TrackerChange>();
  readonly onDidChange = this.#changes.event;
  #state: TrackerState;
  /** Set when the window goes: whatever ends now was not ended by the user. */
  #isClosing = false;
  #active: ActiveRun | undefined;
  /** The run from before a reload that continues on a server, until it is followed again. */
  #resumable: RemoteRun | undefined;

  constructor(parts: RunParts) {
    this.#parts = parts;
    const stored = parts.memory.state;
    const remoteRun = parts.canResume && stored?.run.status === 'running' ? parts.memory.remoteRun : undefined;
    this.#resumable = remoteRun;
    const { canStartPrograms } = parts;
    this.#state = restore(stored, { goesOn: remoteRun !== undefined, canStartPrograms });
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
   * Generates and writes a project with what was chosen. Throws the {@link TakossError} that ended the run, after the state says so; and `invalid-request`
   * at once while another run is on.
   */
  async start(plan: RunPlan, questions: RunQuestions, choice: EngineChoice): Promise<GeneratedProject> {
    if (this.isRunning) throw new TakossError('invalid-request', busySentence(this.#state.projectName));
    this.#resumable = undefined;
    const engine = describeEngine(choice);
    this.#show({
      projectName: plan.request.projectName,
      target: folderLabel(plan.folder),
      actions: ['cancel'],
      engine,
      run: { ...running, message: `Generating with ${engine.label}` },
    });
    void this.#parts.memory.setPlan(plan);
    void this.#parts.memory.setRemoteRun(undefined);
    const place = new RunPlace(this.#parts.memory, undefined);
    const create = (options: GeneratorOptions) => this.#parts.createGenerator({ ...options, choice });
    return await this.#track(place, (signal) => this.#run({ plan, questions, place, create }, signal));
  }

  /** Whether a run from before a reload waits for {@link resume}: not followed yet, or out of reach when it was tried. */
  get canResume(): boolean {
    return this.#resumable !== undefined;
  }

  /** Follows the run that went on on its server while the window was reloaded, and writes its project. Throws as {@link start} does. */
  async resume(questionsFor: (plan: RunPlan) => RunQuestions): Promise<GeneratedProject> {
    const remoteRun = this.#resumable;
    this.#resumable = undefined;
    if (remoteRun === undefined || this.isRunning) {
      throw new TakossError('invalid-request', 'There is no run to go on with. Generate a project first.');
    }
    // What was kept stays in view until more has come; an attempt that failed does not.
    const { run } = this.#state;
    this.#show({ actions: ['cancel'], run: run.status === 'running' ? run : running });
    const place = new RunPlace(this.#parts.memory, remoteRun);
    const create = (options: GeneratorOptions) =>
      this.#parts.createGenerator({ ...options, endpoint: remoteRun.endpoint });
    return await this.#track(place, async (signal) => {
      const plan = await this.lastPlan();
      if (plan === undefined) {
        const { canStartPrograms } = this.#parts;
        this.#state = restore(this.#state, { goesOn: false, canStartPrograms });
        throw cancelledError();
      }
      return await this.#run({ plan, questions: questionsFor(plan), place, create, known: remoteRun }, signal);
    });
  }

  async #track(place: RunPlace, work: (signal: AbortSignal) => Promise<GeneratedProject>): Promise<GeneratedProject> {
    const abort = new AbortController();
    const run = work(abort.signal);
    this.#active = { abort, place, ended: run.catch(() => undefined) };
    try {
      return await run;
    } finally {
      const isLeft = this.#isLeft && this.#state.run.status === 'running';
      this.#active = undefined;
      if (!isLeft) this.#settle();
    }
  }

  /** Stops the run, if there is one, and waits until it has cleaned up after itself. */
  async cancel(): Promise<void> {
    this.#active?.abort.abort(cancelledError());
    await this.#active?.ended;
  }

  /**
   * Stops the run because the window goes: it comes back as interrupted and not as cancelled by the user. A run on a server goes on, and
   * is followed again.
   */
  async interrupt(): Promise<void> {
    this.#isClosing = true;
    this.#active?.abort.abort(this.#active.place.leaveReason ?? cancelledError());
    await this.#active?.ended;
  }

  /** Asks the run to stop without waiting: for those the run itself waits for. */
  requestCancel(): void {
    this.#active?.abort.abort(cancelledError());
  }

  /** Forgets a run that has ended. */
  clear(): void {
    if (this.isRunning) return;
    this.#resumable = undefined;
    this.#state = idleState;
    this.#changed({ type: 'snapshot' });
    void this.#parts.memory.setState(this.#state);
  }

  dispose(): void {
    void this.interrupt();
    this.#changes.dispose();
  }

  /** Whether the run is left to go on on its server, because the window goes. */
  get #isLeft(): boolean {
    return this.#active?.place.isLeftBy(this.#active.abort.signal) ?? false;
  }

  async #run({ plan, questions, place, create, known }: RunWork, signal: AbortSignal): Promise<GeneratedProject> {
    const { log, memory } = this.#parts;
    const { request } = plan;
    const startedAt = Date.now();
    let written = plan.folder;
    const writer = new ProjectWriter(new WorkspaceFileSystem(plan.folder), async (conflicts) => {
      const answer = await questions.conflicts(conflicts);
      if (answer.action === 'elsewhere' && answer.fileSystem instanceof WorkspaceFileSystem) {
        written = answer.fileSystem.root;
        this.#show({ target: folderLabel(written) });
        await memory.setPlan({ request, folder: written });
      }
      return answer;
    });
    log.info(
      `Run ${known === undefined ? 'started' : 'followed again'}: ${request.requirements.length} characters of requirements, into ${plan.folder.toString(true)}`,
    );
    try {
      const runGenerator = await create({ onConnection: (state) => this.#showConnection(state) });
      log.info(`Generating with ${runGenerator.server?.host ?? this.#state.engine?.label}`);
      const placed: Generator = { generate: (all) => place.generate(runGenerator, all, signal) };
      const folder = new WorkspaceFileSystem(plan.folder);
      // What is followed again has begun with what the folder said.
      const generation =
        known === undefined
          ? await continuedGeneration(placed, request, folder, signal)
          : placed.generate(request, { signal });
      const writing = writeProject(generation, writer, {
        signal,
        clock: Date,
        onWarning: (warning) => this.#ask(questions.warning(warning), signal),
        onWritten: (record) => this.#remember(request.projectName, written, record),
      });
      const result = await this.#consume(writing);
      log.info(`Run ended: ${result.files.length} files after ${Date.now() - startedAt} ms`);
      this.#show({ coverage: summarizeCoverage(result.phases.analysis) });
      const { generation: undoId } = this.#state;
      return generatedProject(result, { projectName: request.projectName, folder: written, undoId });
    } catch (thrown) {
      const error = toTakossError(thrown, signal);
      if (this.#isLeft) {
        log.info('The window closes; the run continues on its server.');
        throw error;
      }
      if (place.isOutOfReach(error)) this.#resumable = known;
      if (this.#state.run.error === undefined) {
        const phase = this.#state.run.phases.at(-1)?.name ?? 'initialization';
        this.#receive(errorEvent(error, phase, Date.now()));
      }
      logFailure(log, error);
      throw error;
    }
  }

  #showConnection(state: ConnectionState): void {
    const { log } = this.#parts;
    if (this.#active === undefined || this.#active.abort.signal.aborted) return;
    if (state.state === 'connected') {
      log.info('Connected again.');
      this.#show({ connection: undefined });
      return;
    }
    const { retryInMs, reason, attempt } = state;
    log.warn(`Connection lost: ${reason}. Attempt ${attempt} in ${(retryInMs / 1000).toFixed(1)} s.`);
    this.#show({ connection: { retryAt: Date.now() + retryInMs, retryInMs, reason } });
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
    const isCancelled = received.type === 'error' && received.data?.code === 'cancelled';
    // What is kept is that the run is on.
    if (isCancelled && this.#isLeft) return;
    const isGone = this.#active?.place.isGone(received) ?? false;
    const isInterruption = isGone || (this.#isClosing && isCancelled);
    const event = isGone
      ? lostOnServer(this.#state, this.#active?.place.host ?? '')
      : isInterruption
        ? interruption(this.#state, 'Nothing was written.')
        : received;
    this.#state = { ...this.#state, isInterrupted: isInterruption, run: reduceRun(this.#state.run, event) };
    logEvent(log, event);
    if (isMilestone(event)) void memory.setState(this.#state);
    this.#changed({ type: 'event', event });
  }

  /** Waits for the user's answer, and says so. Whoever stops the run meanwhile need not answer: it is no. */
  async #ask(question: Promise<boolean>, signal: AbortSignal): Promise<boolean> {
    const message = 'Waiting for your answer';
    const at = Date.now();
    this.#receive({ type: 'phase_progress', phase: 'complete', message, progress: 95, data: {}, at });
    const stopped = new Promise<boolean>((resolve) => {
      signal.addEventListener('abort', () => resolve(false), { once: true });
    });
    return await Promise.race([question, stopped]);
  }

  async #remember(projectName: string, folder: vscode.Uri, record: WriteRecord): Promise<void> {
    try {
      const store = await this.#parts.undo.open();
      this.#show({ generation: await store.save({ projectName, folder: folder.toString(), record }) });
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
    this.#state = {
      ...this.#state,
      connection: undefined,
      actions: actionsAfter(this.#state, this.#parts.canStartPrograms),
    };
    this.#changed({ type: 'snapshot' });
    void this.#parts.memory.setState(this.#state);
    void this.#parts.memory.setRemoteRun(undefined);
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
