import * as z from 'zod';
import { sha256, utf8 } from '../../../core/digest.ts';
import { type SliceCheck, sliceChecks } from '../../../core/slice-outcome.ts';
import type { SlicePlan } from '../../../core/slices.ts';
import type { ModelSession } from '../session.ts';
import { SliceDraft } from './draft.ts';

/** Counts the changes of the prompts that make earlier answers unlike those that would be given now. */
const promptVersion = 1;

const keptSchema = z.object({
  files: z.array(z.object({ path: z.string(), content: z.string() })),
  checked: z.array(z.enum(sliceChecks)),
});

/** A slice of an earlier run, as it was written. It is inspected again before anything is made of it. */
export interface KeptSlice {
  readonly draft: SliceDraft;
  readonly checked: readonly SliceCheck[];
}

/** Keeps slices between runs, each under a digest of everything its request was made of, and with the checks that it passed. */
export class KeptSlices {
  readonly #session: Pick<ModelSession, 'store' | 'port'>;
  readonly #prefix: string;

  constructor(session: Pick<ModelSession, 'store' | 'port'>, prefix: string) {
    this.#session = session;
    this.#prefix = prefix;
  }

  async get(plan: SlicePlan, task: string): Promise<KeptSlice | undefined> {
    const text = await this.#session.store.get(await this.#key(task));
    if (text === undefined) return undefined;
    const kept = keptSchema.safeParse(parseJson(text));
    return kept.success ? { draft: new SliceDraft(plan, kept.data.files), checked: kept.data.checked } : undefined;
  }

  async set(draft: SliceDraft, task: string, checked: readonly SliceCheck[]): Promise<void> {
    const kept: z.infer<typeof keptSchema> = { files: [...draft.written], checked: [...checked] };
    await this.#session.store.set(await this.#key(task), JSON.stringify(kept));
  }

  /** Lets the next run write it anew. */
  async forget(task: string): Promise<void> {
    await this.#session.store.set(await this.#key(task), '');
  }

  async #key(task: string): Promise<string> {
    const { engine, model } = this.#session.port;
    return await sha256(utf8(JSON.stringify(['slice', promptVersion, engine, model, this.#prefix, task])));
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
