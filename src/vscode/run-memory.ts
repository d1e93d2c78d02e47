import * as vscode from 'vscode';
import * as z from 'zod';
import { type ProjectRequest, projectRequestSchema } from '../core/request.ts';
import type { TrackerState } from '../protocol/messages.ts';

/** What was asked for and where it goes. */
export interface RunPlan {
  readonly request: ProjectRequest;
  readonly folder: vscode.Uri;
}

const planSchema = z.object({ request: projectRequestSchema, folder: z.string() });
/** State is written by this same extension; the version says whether by one that means the same. */
const stateSchema = z.object({
  version: z.literal(1),
  state: z.custom<TrackerState>((value) => typeof value === 'object'),
});

/** Keeps the last run over reloads of the window. */
export class RunMemory {
  readonly #memento: vscode.Memento;
  #plan: RunPlan | undefined;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
    const { data } = planSchema.safeParse(memento.get('takoss.plan'));
    this.#plan = data && { request: data.request, folder: vscode.Uri.parse(data.folder) };
  }

  get plan(): RunPlan | undefined {
    return this.#plan;
  }

  async setPlan(plan: RunPlan): Promise<void> {
    this.#plan = plan;
    const { request, folder } = plan;
    await this.#memento.update('takoss.plan', { request, folder: folder.toString() });
  }

  /** The state at the last milestone of the last run, in this session or an earlier one. */
  get state(): TrackerState | undefined {
    const stored = stateSchema.safeParse(this.#memento.get('takoss.state'));
    return stored.success ? stored.data.state : undefined;
  }

  async setState(state: TrackerState): Promise<void> {
    // The live text is of no use later, and large.
    await this.#memento.update('takoss.state', {
      version: 1,
      state: { ...state, run: { ...state.run, live: undefined } },
    });
  }
}
