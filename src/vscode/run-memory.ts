import type * as vscode from 'vscode';
import type { TrackerState } from '../protocol/messages.ts';
import type { RunPlan } from './plan.ts';

/** State is written by this same extension; the version says whether by one that means the same. */
const stateVersion = 2;

/** A run that continues on a server, whatever becomes of the window. */
export interface RemoteRun {
  readonly endpoint: string;
  readonly runId: string;
  /** How far the clock of this machine is ahead of the server's, in ms. */
  readonly offsetMs: number;
}

/** Keeps the last run over reloads of the window. */
export class RunMemory {
  readonly #memento: vscode.Memento;
  #plan: RunPlan | undefined;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  async plan(): Promise<RunPlan | undefined> {
    // The schema library is loaded when the plan of an earlier session is asked for, not at activation.
    this.#plan ??= (await import('./plan.ts')).parseStoredPlan(this.#memento.get('takoss.plan'));
    return this.#plan;
  }

  async setPlan(plan: RunPlan): Promise<void> {
    this.#plan = plan;
    const { request, folder } = plan;
    await this.#memento.update('takoss.plan', { request, folder: folder.toString() });
  }

  /** The run that was under way on a server, in this session or an earlier one. */
  get remoteRun(): RemoteRun | undefined {
    const stored = this.#memento.get<Partial<RemoteRun>>('takoss.remoteRun');
    if (typeof stored?.endpoint !== 'string' || typeof stored.runId !== 'string') return undefined;
    const { endpoint, runId, offsetMs = 0 } = stored;
    return { endpoint, runId, offsetMs };
  }

  async setRemoteRun(run: RemoteRun | undefined): Promise<void> {
    await this.#memento.update('takoss.remoteRun', run);
  }

  /** The state at the last milestone of the last run, in this session or an earlier one. */
  get state(): TrackerState | undefined {
    const stored = this.#memento.get<{ version: number; state: TrackerState }>('takoss.state');
    return stored?.version === stateVersion ? stored.state : undefined;
  }

  async setState(state: TrackerState): Promise<void> {
    // The live text is of no use later, and large.
    await this.#memento.update('takoss.state', {
      version: stateVersion,
      state: { ...state, run: { ...state.run, live: undefined } },
    });
  }
}
