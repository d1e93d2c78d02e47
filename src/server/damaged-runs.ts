import { mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metrics } from './metrics.ts';
import { readHeader } from './run-record.ts';
import type { ServerLog } from './server-log.ts';

export const journalSuffix = '.jsonl';

/** Journals that are not what was written. They are set aside for the operator, kept, and never sent to anybody. */
export class DamagedRuns {
  readonly #folder: string;
  readonly #log: ServerLog;
  readonly #metrics: Metrics;
  /** Their owners, where the header still says that. */
  readonly #owners = new Map<string, string | undefined>();

  /** `folder` is theirs alone. */
  constructor(folder: string, log: ServerLog, metrics: Metrics) {
    this.#folder = folder;
    this.#log = log;
    this.#metrics = metrics;
  }

  /** Whether a caller's run is damaged. Where it is not known whose it was, whoever knows its id may hear that. */
  has(id: string, owner: string): boolean {
    return this.#owners.has(id) && (this.#owners.get(id) ?? owner) === owner;
  }

  /** Takes up those that earlier servers set aside. */
  async load(): Promise<void> {
    const names = await readdir(this.#folder).catch(() => []);
    for (const name of names) {
      if (name.endsWith(journalSuffix)) await this.#remember(name.slice(0, -journalSuffix.length), name);
    }
  }

  /** Moves a journal out of the way and says so. Never throws: where it cannot be moved, it is passed over all the same. */
  async setAside(runId: string, journal: string, reason: unknown, owner?: string): Promise<void> {
    if (this.#owners.has(runId)) return;
    this.#owners.set(runId, owner);
    this.#metrics.damagedJournals.inc();
    const name = runId + journalSuffix;
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await rename(journal, join(this.#folder, name));
      await this.#remember(runId, name);
      this.#log.error(
        { err: reason, runId },
        'the journal of a run is damaged and was moved into the folder "damaged"',
      );
    } catch (error) {
      this.#log.error({ err: error, reason, runId }, 'the journal of a run is damaged and could not be moved away');
    }
  }

  async #remember(runId: string, name: string): Promise<void> {
    const header = await readHeader(join(this.#folder, name)).catch((error: unknown) => {
      this.#log.warn({ err: error, runId }, 'a damaged journal cannot be read');
    });
    this.#owners.set(runId, this.#owners.get(runId) ?? header?.owner);
  }
}
