import { inParallel } from '../../core/parallel.ts';
import type { WriteRecord, WrittenFile } from '../../core/project-writer.ts';
import type { UndoManifest } from './manifest.ts';
import type { UndoStorage } from './storage.ts';

/** How many generations can be undone. Of a project, only what it overwrote takes room; of one that was undone, all of it. */
export const keptGenerations = 10;

/** How many records that could not be read are kept, for whoever can make sense of them. */
const keptUnreadable = 3;

/** How long a window may take for an undo, in ms, before another takes it for gone. */
const claimLasts = 2 * 60_000;

/** A project that Takoss wrote. */
export interface GenerationSummary {
  readonly id: string;
  readonly projectName: string;
  /** The address of its folder. */
  readonly folder: string;
  /** When it was written, in ms since 1970. */
  readonly at: number;
  /** How many files it has. */
  readonly files: number;
  /** When it was undone; undefined: it was not. */
  readonly undoneAt: number | undefined;
}

/** One with all that is needed to take it back, and to bring it back after that. */
export interface StoredGeneration extends GenerationSummary {
  readonly record: WriteRecord;
  /** What an undo has taken away, by path. */
  readonly taken: ReadonlyMap<string, Uint8Array>;
}

/** What was found in the storage. */
export interface GenerationList {
  /** Newest first. */
  readonly generations: readonly GenerationSummary[];
  /** How many records could not be read and were set aside just now. */
  readonly setAside: number;
}

/** A generation that nobody else touches meanwhile. */
export interface ClaimedGeneration extends StoredGeneration {
  /** Puts contents aside before they are taken away. From here on it counts as undone, also after a crash. */
  setUndone(contents: ReadonlyMap<string, Uint8Array>): Promise<void>;
  /** It is not undone, or not all of it: what was put aside stays until it is brought back or undone again. */
  setWritten(options: { readonly keepTaken: boolean }): Promise<void>;
}

/**
 * Keeps the last generations of a workspace: a folder for each, with a manifest that is written last. A window that changes one renames its manifest first, which
 * only one can do: windows on the same folder share the storage.
 */
export class GenerationStore {
  readonly #storage: UndoStorage;
  readonly #now: () => number;

  constructor(storage: UndoStorage, now: () => number = Date.now) {
    this.#storage = storage;
    this.#now = now;
  }

  /** Records what was just written. Returns its id. */
  async save(written: { projectName: string; folder: string; record: WriteRecord }): Promise<string> {
    const { projectName, folder, record } = written;
    const at = this.#now();
    const id = `${at}-${crypto.randomUUID().slice(0, 8)}`;
    try {
      await inParallel([...record.files.entries()], async ([index, { previous }]) => {
        if (previous !== undefined) await this.#storage.write(`${placeOf(id)}/previous/${index}`, previous);
      });
      const files = record.files.map(({ path, sha256, previous }) => ({
        path,
        sha256,
        hasPrevious: previous !== undefined,
      }));
      const [unchanged, folders] = [[...record.unchanged], [...record.folders]];
      const manifest: UndoManifest = { version: 2, projectName, folder, at, files, unchanged, folders, taken: [] };
      await this.#writeManifest(id, 'manifest.json', manifest);
    } catch (error) {
      await this.#storage.remove(placeOf(id)).catch(() => undefined);
      throw error;
    }
    await this.#prune();
    return id;
  }

  /** All that can be undone or brought back, but for what another window has in hand just now. */
  async list(): Promise<GenerationList> {
    const generations: GenerationSummary[] = [];
    let setAside = 0;
    for (const id of await this.#storage.list(root)) {
      const file = await this.#manifestFile(id);
      if (file === undefined) continue;
      try {
        generations.push(summaryOf(id, await this.#readManifest(id, file)));
      } catch {
        if (await this.#setAside(id)) setAside += 1;
      }
    }
    return { generations: generations.sort((a, b) => b.at - a.at), setAside };
  }

  /**
   * One of the list with its contents. `gone`: removed meanwhile, or in another window's hands. `unreadable`: something of it is missing or
   * broken, and it was set aside.
   */
  async load(id: string): Promise<StoredGeneration | 'gone' | 'unreadable'> {
    const file = await this.#manifestFile(id);
    if (file === undefined) return 'gone';
    try {
      return await this.#read(id, file);
    } catch {
      return (await this.#setAside(id)) ? 'unreadable' : 'gone';
    }
  }

  /** Does something with a generation that nobody else does at the same time. Returns undefined where another window was first, or it is gone. */
  async claim<T>(id: string, work: (claimed: ClaimedGeneration) => Promise<T>): Promise<T | undefined> {
    const file = await this.#manifestFile(id);
    if (file === undefined) return undefined;
    const claim = `claimed-${this.#now()}.json`;
    try {
      await this.#storage.rename(`${placeOf(id)}/${file}`, `${placeOf(id)}/${claim}`);
    } catch {
      return undefined;
    }
    try {
      return await work(await this.#claimed(id, claim));
    } finally {
      await this.#storage.rename(`${placeOf(id)}/${claim}`, `${placeOf(id)}/manifest.json`);
    }
  }

  /** Forgets a generation. */
  async remove(id: string): Promise<void> {
    await this.#storage.remove(placeOf(id));
  }

  async #claimed(id: string, claim: string): Promise<ClaimedGeneration> {
    const stored = await this.#read(id, claim);
    const before = await this.#readManifest(id, claim);
    const numbers = new Map(before.files.map(({ path }, index) => [path, index]));
    return {
      ...stored,
      setUndone: async (contents) => {
        const taken = new Set(before.taken);
        await inParallel([...contents], async ([path, content]) => {
          const index = numbers.get(path);
          if (index === undefined) return;
          await this.#storage.write(`${placeOf(id)}/taken/${index}`, content);
          taken.add(index);
        });
        await this.#writeManifest(id, claim, { ...before, undoneAt: this.#now(), taken: [...taken] });
      },
      setWritten: async ({ keepTaken }) => {
        const { undoneAt: _, ...written } = keepTaken ? await this.#readManifest(id, claim) : { ...before, taken: [] };
        await this.#writeManifest(id, claim, written);
        if (!keepTaken) await this.#storage.remove(`${placeOf(id)}/taken`);
      },
    };
  }

  async #read(id: string, file: string): Promise<StoredGeneration> {
    const manifest = await this.#readManifest(id, file);
    const entries = [...manifest.files.entries()];
    const files = await inParallel(entries, async ([index, { path, sha256, hasPrevious }]): Promise<WrittenFile> => {
      if (!hasPrevious) return { path, sha256 };
      return { path, sha256, previous: await this.#storage.read(`${placeOf(id)}/previous/${index}`) };
    });
    const taken = await inParallel(manifest.taken, async (index) => {
      const content = await this.#storage.read(`${placeOf(id)}/taken/${index}`);
      return [manifest.files[index]?.path ?? '', content] as const;
    });
    const { unchanged, folders } = manifest;
    return { ...summaryOf(id, manifest), record: { files, unchanged, folders }, taken: new Map(taken) };
  }

  async #readManifest(id: string, file: string): Promise<UndoManifest> {
    const text = new TextDecoder().decode(await this.#storage.read(`${placeOf(id)}/${file}`));
    // Loaded here, so that whoever only saves does without the schema library.
    const { undoManifestSchema } = await import('./manifest.ts');
    return undoManifestSchema.parse(JSON.parse(text));
  }

  /** Whoever reads it meanwhile reads the old one or the new one. */
  async #writeManifest(id: string, file: string, manifest: UndoManifest): Promise<void> {
    const draft = `${placeOf(id)}/draft-${crypto.randomUUID().slice(0, 8)}`;
    await this.#storage.write(draft, new TextEncoder().encode(JSON.stringify(manifest)));
    await this.#storage.rename(draft, `${placeOf(id)}/${file}`);
  }

  /** The name of the manifest: also that of a window which has not come back. Undefined where there is none, or another window has it. */
  async #manifestFile(id: string): Promise<string | undefined> {
    const names = await this.#storage.list(placeOf(id));
    if (names.includes('manifest.json')) return 'manifest.json';
    return names.find((name) => {
      const since = /^claimed-(\d+)\.json$/.exec(name)?.[1];
      return since !== undefined && this.#now() - Number(since) > claimLasts;
    });
  }

  /** Out of the way of the others, for whoever can make sense of it. Returns whether it could be. */
  async #setAside(id: string): Promise<boolean> {
    try {
      await this.#storage.rename(placeOf(id), `${unreadable}/${id}`);
      return true;
    } catch {
      return false;
    }
  }

  /** By their ids, which begin with the time: nothing is read for it. */
  async #prune(): Promise<void> {
    await this.#keepNewest(root, keptGenerations);
    await this.#keepNewest(unreadable, keptUnreadable);
  }

  async #keepNewest(folder: string, count: number): Promise<void> {
    const ids = [...(await this.#storage.list(folder))];
    const newestFirst = ids.sort((a, b) => Number.parseInt(b, 10) - Number.parseInt(a, 10));
    for (const id of newestFirst.slice(count)) await this.#storage.remove(`${folder}/${id}`);
  }
}

const root = 'generations';
const unreadable = 'unreadable';

function placeOf(id: string): string {
  return `${root}/${id}`;
}

function summaryOf(id: string, manifest: UndoManifest): GenerationSummary {
  const { projectName, folder, at, files, undoneAt } = manifest;
  return { id, projectName, folder, at, files: files.length, undoneAt };
}
