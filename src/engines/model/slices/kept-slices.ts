import * as z from 'zod';
import { sha256, utf8 } from '../../../core/digest.ts';
import type { RenderedProject } from '../../../core/rendered-project.ts';
import { type SliceCheck, sliceChecks } from '../../../core/slice-outcome.ts';
import type { Slice, SlicePlan } from '../../../core/slices.ts';
import type { ModelSession } from '../session.ts';
import { type KeptTogether, staticChecks } from './acceptance.ts';
import { SliceDraft } from './draft.ts';

/** Counts the changes of the prompts that make earlier answers unlike those that would be given now. */
const promptVersion = 3;

/** What is kept of slices that work together. */
const passed = 'passed';

const keptSchema = z.object({
  files: z.array(z.object({ path: z.string(), content: z.string() })),
  checked: z.array(z.enum(sliceChecks)),
  /** A digest of the project it was checked in. */
  project: z.string(),
});

/** A slice of an earlier run, as it was written. It is inspected again before anything is made of it. */
export interface KeptSlice {
  readonly draft: SliceDraft;
  /** The checks that it passed in this very project. */
  readonly checked: readonly SliceCheck[];
}

/**
 * Keeps slices between runs, each under a digest of everything its request was made of but the list of the other features, and with the checks that it passed. The request shows
 * only a part of the project: when anything of the rest is new, the slice need not be written anew, but it is checked anew.
 */
export class KeptSlices implements KeptTogether {
  readonly #session: Pick<ModelSession, 'store' | 'port'>;
  readonly #prefix: string;
  readonly #project: Promise<string>;

  /** `base`: the project without slices. */
  constructor(session: Pick<ModelSession, 'store' | 'port'>, prefix: string, base: RenderedProject) {
    this.#session = session;
    this.#prefix = prefix;
    this.#project = digestOf(base.files.map(({ path, content }) => [path, content]));
  }

  async get(plan: SlicePlan, task: string): Promise<KeptSlice | undefined> {
    const text = await this.#session.store.get(await this.#key(task));
    if (text === undefined) return undefined;
    const kept = keptSchema.safeParse(parseJson(text));
    if (!kept.success) return undefined;
    const { files, checked, project } = kept.data;
    const isSameProject = project === (await this.#project);
    return { draft: new SliceDraft(plan, files), checked: isSameProject ? checked : staticChecks };
  }

  async set(draft: SliceDraft, task: string, checked: readonly SliceCheck[]): Promise<void> {
    const project = await this.#project;
    const kept: z.infer<typeof keptSchema> = { files: [...draft.written], checked: [...checked], project };
    await this.#session.store.set(await this.#key(task), JSON.stringify(kept));
  }

  /** Lets the next run write it anew. */
  async forget(task: string): Promise<void> {
    await this.#session.store.set(await this.#key(task), '');
  }

  /** Whether exactly these have passed all checks together in this very project. */
  async havePassed(slices: readonly Slice[]): Promise<boolean> {
    return (await this.#session.store.get(await this.#keyTogether(slices))) === passed;
  }

  async keepPassed(slices: readonly Slice[]): Promise<void> {
    await this.#session.store.set(await this.#keyTogether(slices), passed);
  }

  async #keyTogether(slices: readonly Slice[]): Promise<string> {
    const written = slices.map(({ plan, tables, files, packages, slots, seeds }) => {
      return [plan.slug, tables, files, packages, slots, seeds];
    });
    return await digestOf(['slices together', await this.#project, written]);
  }

  async #key(task: string): Promise<string> {
    const { engine, model } = this.#session.port;
    return await digestOf(['slice', promptVersion, engine, model, this.#prefix, task]);
  }
}

async function digestOf(value: readonly unknown[]): Promise<string> {
  return await sha256(utf8(JSON.stringify(value)));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
