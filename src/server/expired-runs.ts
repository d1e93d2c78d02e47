import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { writeAtomically } from './atomic-file.ts';
import { parseJson } from './run-record.ts';
import type { ServerLog } from './server-log.ts';

const suffix = '.expired';
const markerSchema = z.object({ owner: z.string() });

/** Runs whose journals were removed because they ended long ago. A small file each remembers whose they were. */
export class ExpiredRuns {
  readonly #folder: string;
  readonly #log: ServerLog;
  readonly #owners = new Map<string, string>();

  constructor(folder: string, log: ServerLog) {
    this.#folder = folder;
    this.#log = log;
  }

  /** Whose the run was; undefined for one that has not expired, or so long ago that it is forgotten. */
  owner(id: string): string | undefined {
    return this.#owners.get(id);
  }

  /** Takes up a file that an earlier server left. Returns whether it is one of these. */
  async load(name: string): Promise<boolean> {
    if (!name.endsWith(suffix)) return false;
    const runId = name.slice(0, -suffix.length);
    const path = join(this.#folder, name);
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      this.#log.warn({ err: error, runId, file: name }, 'the file of an expired run cannot be read');
    });
    const marker = markerSchema.safeParse(parseJson(text ?? '')).data;
    if (marker !== undefined) this.#owners.set(runId, marker.owner);
    else if (text !== undefined) await this.#discard(runId, name);
    return true;
  }

  /** Remembers whose the run was, and removes its journal. Never throws: on a disk that is full, the journal goes first. */
  async add(runId: string, owner: string, journal: string): Promise<void> {
    this.#owners.set(runId, owner);
    const marker = () => writeAtomically(join(this.#folder, runId + suffix), JSON.stringify({ owner }));
    const isMarked = await marker().then(
      () => true,
      () => false,
    );
    try {
      await rm(journal, { force: true });
      if (!isMarked) await marker();
    } catch (error) {
      this.#log.warn({ err: error, runId }, 'an expired run could not be removed and remembered on the disk');
    }
  }

  /** Forgets those that expired before that time, in ms since 1970. */
  async forget(before: number): Promise<void> {
    for (const runId of this.#owners.keys()) {
      const path = join(this.#folder, runId + suffix);
      const modifiedAt = await stat(path).then(
        (entry) => entry.mtimeMs,
        () => 0,
      );
      if (modifiedAt > before) continue;
      this.#owners.delete(runId);
      await rm(path, { force: true }).catch((error: unknown) => {
        this.#log.warn({ err: error, runId }, 'the file of an expired run could not be removed');
      });
    }
  }

  /** Nothing is lost with it: it no longer says whose the run was. */
  async #discard(runId: string, file: string): Promise<void> {
    this.#log.warn({ runId, file }, 'the file of an expired run is damaged and was removed; the run is forgotten');
    await rm(join(this.#folder, file), { force: true }).catch(() => {});
  }
}
