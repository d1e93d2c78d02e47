import * as vscode from 'vscode';
import { z } from 'zod';
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

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  get plan(): RunPlan | undefined {
    const stored = planSchema.safeParse(this.#memento.get('takoss.plan'));
    if (!stored.success) return undefined;
    return { request: stored.data.request, folder: vscode.Uri.parse(stored.data.folder) };
  }

  async setPlan({ request, folder }: RunPlan): Promise<void> {
    await this.#memento.update('takoss.plan', { request, folder: folder.toString() });
  }

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
