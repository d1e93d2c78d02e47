import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { TakossError } from '../core/errors.ts';
import type { Clock, Generator } from '../core/ports.ts';
import type { GenerationRequest } from '../core/request.ts';
import { isRunId } from '../transport/event-id.ts';
import { temporarySuffix } from './atomic-file.ts';
import { DamagedRuns, journalSuffix } from './damaged-runs.ts';
import { ExpiredRuns } from './expired-runs.ts';
import { DamagedJournalError } from './journal-reader.ts';
import { upgradeJournal } from './journal-upgrade.ts';
import type { Metrics } from './metrics.ts';
import { forCallers } from './operator-failures.ts';
import { HttpError } from './problem.ts';
import { Run } from './run.ts';
import { parseMessage, type RunHeader, type RunRecord, readRecord, requestDigest } from './run-record.ts';
import type { ServerLog } from './server-log.ts';
import type { StorageHealth } from './storage-health.ts';

/** For how many times its own life a finished run is remembered as expired. */
const expiredLives = 7;

export interface RunsParts {
  /** The folder of the journals. */
  readonly folder: string;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly health: StorageHealth;
  readonly log: ServerLog;
  readonly graceMs: number;
  readonly retentionMs: number;
  /** Runs that a caller may have at the same time. */
  readonly maxRuns: number;
  /** Whether a generation is the same every time, so that an interrupted run can go on by repeating it. */
  readonly isRepeatable: boolean;
}

/** Makes the generator of one run; the id of its project, if the run had got one before it was interrupted. */
export type CreateGenerator = (projectId?: string) => Generator;

/** All runs of this server: those that go on, and those that finished and can still be read. */
export class Runs {
  readonly #parts: RunsParts;
  readonly #runs = new Map<string, Run>();
  readonly #byKey = new Map<string, Run>();
  /** Starts that are under way, so that two equal requests at once are one run. */
  readonly #starting = new Map<string, Promise<Run>>();
  readonly #expired: ExpiredRuns;
  readonly #damaged: DamagedRuns;
  #createGenerator: CreateGenerator = () => {
    throw new Error('The runs of earlier servers have not been found yet.');
  };

  /** Touches nothing before {@link recover}. */
  constructor(parts: RunsParts) {
    this.#parts = parts;
    this.#expired = new ExpiredRuns(parts.folder, parts.log);
    this.#damaged = new DamagedRuns(join(parts.folder, 'damaged'), parts.log, parts.metrics);
  }

  /**
   * Finds the runs of earlier servers again, and goes on with those that were interrupted. What cannot be read or written is said in the log
   * and passed over. Room is made before anything is written.
   */
  async recover(createGenerator: CreateGenerator): Promise<void> {
    this.#createGenerator = createGenerator;
    const { folder, log, health } = this.#parts;
    await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => health.failed(error));
    await this.#damaged.load();
    const interrupted: RunRecord[] = [];
    const names = await readdir(folder).catch((error: unknown) => {
      log.error({ err: error }, 'the folder of the runs cannot be read');
      return [];
    });
    for (const name of names) {
      if (name.endsWith(temporarySuffix)) await rm(join(folder, name), { force: true }).catch(() => {});
      if ((await this.#expired.load(name)) || !name.endsWith(journalSuffix)) continue;
      const runId = name.slice(0, -journalSuffix.length);
      if (!isRunId(runId)) continue;
      const record = await this.#recover(runId, join(folder, name));
      if (record !== undefined) interrupted.push(record);
    }
    await this.sweep();
    for (const record of interrupted) await this.#goOn(record);
  }

  /** Starts a run, or joins the one that the caller started with the same idempotency key. Throws 422 and 429. */
  async start(owner: string, request: GenerationRequest, idempotencyKey: string | undefined): Promise<Run> {
    if (idempotencyKey === undefined) return this.#start(owner, request, undefined);
    const key = keyOf(owner, idempotencyKey);
    const underWay = this.#starting.get(key);
    const known = underWay === undefined ? this.#byKey.get(key) : await underWay;
    if (known !== undefined) {
      if (known.digest === requestDigest(request)) return known;
      throw new HttpError(
        422,
        'idempotency-conflict',
        'This Idempotency-Key was used for another request. Use a new one.',
      );
    }
    const starting = this.#start(owner, request, idempotencyKey);
    this.#starting.set(key, starting);
    try {
      return await starting;
    } finally {
      this.#starting.delete(key);
    }
  }

  /** A caller's run. Throws 404 for what is unknown or belongs to another, 410 for what has expired or is damaged. */
  find(id: string, owner: string): Run {
    const run = this.#runs.get(id);
    if (run?.owner === owner) return run;
    if (this.#damaged.has(id, owner)) throw damaged();
    if (this.#expired.owner(id) === owner) {
      throw new HttpError(410, 'expired', 'The run has expired and was removed. Start a new one.');
    }
    throw new HttpError(404, 'not-found', 'There is no such run.');
  }

  /** Reads something of a run's journal. Throws 410 when that is damaged, after setting it aside. */
  async read<T>(run: Run, read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof DamagedJournalError)) throw error;
      // It may have expired, or been found damaged, since it was found.
      if (this.#runs.get(run.id) !== run) this.find(run.id, run.owner);
      this.#remove(run);
      run.cancel();
      await this.#damaged.setAside(run.id, run.path, error, run.owner);
      throw damaged(error);
    }
  }

  /** Forgets runs that finished too long ago. */
  async sweep(): Promise<void> {
    const { clock, retentionMs } = this.#parts;
    const before = clock.now() - retentionMs;
    for (const run of this.#runs.values()) {
      if (run.finishedAt === undefined || run.finishedAt > before) continue;
      this.#remove(run);
      await this.#expired.add(run.id, run.owner, run.path);
    }
    await this.#expired.forget(clock.now() - retentionMs * expiredLives);
  }

  /** Lets runs finish for a time, then leaves the rest to the next start of the server. Resolves when none goes on. */
  async stop(withinMs: number): Promise<void> {
    const all = Promise.all([...this.#runs.values()].map((run) => run.ended));
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, withinMs);
    });
    await Promise.race([all, timeout]);
    clearTimeout(timer);
    for (const run of this.#runs.values()) if (!run.hasEnded) run.suspend();
    await all;
  }

  async #start(owner: string, request: GenerationRequest, idempotencyKey: string | undefined): Promise<Run> {
    const active = [...this.#runs.values()].filter((run) => run.owner === owner && !run.hasEnded).length;
    if (active >= this.#parts.maxRuns) {
      throw new HttpError(
        429,
        'rate-limit',
        `You have ${active} runs at work, which is as many as this server allows. Wait for one to finish, or cancel one.`,
        { headers: { 'retry-after': '5' } },
      );
    }
    const header: RunHeader = {
      version: 2,
      runId: `run-${randomBytes(16).toString('hex')}`,
      owner,
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
      createdAt: this.#parts.clock.now(),
      request,
    };
    const { health, log } = this.#parts;
    // Where the disk has taken nothing, it is asked again, which also makes a folder that could not be made.
    if (health.problem !== undefined) await health.check();
    const run = this.#add(header);
    try {
      const generator = forCallers(this.#createGenerator(), run.id, log);
      await run.start(header, (signal) => generator.generate(request, { signal }));
    } catch (error) {
      this.#remove(run);
      await rm(run.path, { force: true }).catch(() => {});
      if (!(error instanceof TakossError && error.code === 'storage')) throw error;
      health.failed(error.cause);
      throw storageRefusal(error);
    }
    return run;
  }

  #add(header: RunHeader): Run {
    const path = join(this.#parts.folder, header.runId + journalSuffix);
    const run = new Run(header, { ...this.#parts, path });
    this.#runs.set(run.id, run);
    if (run.idempotencyKey !== undefined) this.#byKey.set(keyOf(run.owner, run.idempotencyKey), run);
    return run;
  }

  #remove(run: Run): void {
    this.#runs.delete(run.id);
    if (run.idempotencyKey !== undefined) this.#byKey.delete(keyOf(run.owner, run.idempotencyKey));
  }

  /** Takes up a run that had finished. Returns the record of one that had not. */
  async #recover(runId: string, path: string): Promise<RunRecord | undefined> {
    const { log } = this.#parts;
    try {
      const { size, mtime } = await stat(path);
      const record = await this.#readRecord(path, size, mtime);
      if (record === undefined) {
        log.warn({ runId }, 'the journal of a run was empty and was removed');
        await rm(path, { force: true });
      } else if (record.header.runId !== runId) {
        throw new DamagedJournalError('It is the journal of another run.');
      } else if (record.outcome === undefined) {
        return record;
      } else {
        this.#add(record.header).restore(record, mtime.getTime());
      }
    } catch (error) {
      if (error instanceof DamagedJournalError) await this.#damaged.setAside(runId, path, error);
      else log.error({ err: error, runId }, 'the journal of a run cannot be read; the next start tries again');
    }
    return undefined;
  }

  async #readRecord(path: string, size: number, modifiedAt: Date): Promise<RunRecord | undefined> {
    try {
      return await readRecord(path, size);
    } catch (error) {
      const upgraded = error instanceof DamagedJournalError ? await upgradeJournal(path, modifiedAt) : undefined;
      if (upgraded === undefined) throw error;
      return await readRecord(path, upgraded);
    }
  }

  /** Goes on with a run that was interrupted. */
  async #goOn(record: RunRecord): Promise<void> {
    const { health, isRepeatable, log } = this.#parts;
    const run = this.#add(record.header);
    try {
      if (isRepeatable) {
        const generator = forCallers(this.#createGenerator(projectIdOf(record)), run.id, log);
        await run.resume(record, (signal) => generator.generate(record.header.request, { signal }));
      } else {
        await run.giveUp(record);
      }
    } catch (error) {
      run.leave(record);
      health.failed(error);
      log.error({ err: error, runId: run.id }, 'an interrupted run cannot go on; the next start tries again');
    }
  }
}

function storageRefusal(cause: TakossError): HttpError {
  return new HttpError(503, 'storage', cause.message, { headers: { 'retry-after': '30' }, cause });
}

function damaged(cause?: unknown): HttpError {
  const message =
    'What the server kept of this run is damaged, so it cannot be sent whole. It was set aside for whoever runs the server. Start the run again.';
  return new HttpError(410, 'damaged', message, { cause });
}

function keyOf(owner: string, idempotencyKey: string): string {
  return `${owner}\n${idempotencyKey}`;
}

/** The id that the project had before the run was interrupted. */
function projectIdOf({ lines }: RunRecord): string | undefined {
  for (const line of lines) {
    const message = parseMessage(line);
    if (message?.type !== 'phase_complete' || message.phase !== 'initialization') continue;
    const { projectId } = message.data ?? {};
    return typeof projectId === 'string' ? projectId : undefined;
  }
  return undefined;
}
