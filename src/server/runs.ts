import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Clock, Generator } from '../core/ports.ts';
import type { ProjectRequest } from '../core/request.ts';
import { isRunId } from '../transport/event-id.ts';
import type { Metrics } from './metrics.ts';
import { forCallers } from './operator-failures.ts';
import { HttpError } from './problem.ts';
import { Run } from './run.ts';
import { parseMessage, type RunHeader, type RunRecord, readRecord, requestDigest } from './run-record.ts';

const journalSuffix = '.jsonl';
const expiredSuffix = '.expired';
/** For how many times its own life a finished run is remembered as expired. */
const expiredLives = 7;

export interface RunsParts {
  /** The folder of the journals. */
  readonly folder: string;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly graceMs: number;
  readonly retentionMs: number;
  /** Runs that a caller may have at the same time. */
  readonly maxRuns: number;
  /** Whether a generation is the same every time, so that an interrupted run can go on by repeating it. */
  readonly isRepeatable: boolean;
  /** Makes the generator of one run; the id of its project, if the run had got one before it was interrupted. */
  readonly createGenerator: (projectId?: string) => Generator;
}

/** All runs of this server: those that go on, and those that finished and can still be read. */
export class Runs {
  readonly #parts: RunsParts;
  readonly #runs = new Map<string, Run>();
  readonly #byKey = new Map<string, Run>();
  /** Starts that are under way, so that two equal requests at once are one run. */
  readonly #starting = new Map<string, Promise<Run>>();
  /** Owners of expired runs by id. */
  readonly #expired = new Map<string, string>();

  private constructor(parts: RunsParts) {
    this.#parts = parts;
  }

  /** Finds the runs of earlier servers again, and goes on with those that were interrupted. */
  static async open(parts: RunsParts): Promise<Runs> {
    const runs = new Runs(parts);
    await mkdir(parts.folder, { recursive: true, mode: 0o700 });
    await runs.#recover();
    await runs.sweep();
    return runs;
  }

  /** Starts a run, or joins the one that the caller started with the same idempotency key. Throws 422 and 429. */
  async start(owner: string, request: ProjectRequest, idempotencyKey: string | undefined): Promise<Run> {
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

  /** A caller's run. Throws 404 for what is unknown or belongs to another, 410 for what has expired. */
  find(id: string, owner: string): Run {
    const run = this.#runs.get(id);
    if (run?.owner === owner) return run;
    if (this.#expired.get(id) === owner) {
      throw new HttpError(410, 'expired', 'The run has expired and was removed. Start a new one.');
    }
    throw new HttpError(404, 'not-found', 'There is no such run.');
  }

  /** Forgets runs that finished too long ago. */
  async sweep(): Promise<void> {
    const { clock, retentionMs, folder } = this.#parts;
    const before = clock.now() - retentionMs;
    for (const run of this.#runs.values()) {
      if (run.finishedAt === undefined || run.finishedAt > before) continue;
      this.#runs.delete(run.id);
      if (run.idempotencyKey !== undefined) this.#byKey.delete(keyOf(run.owner, run.idempotencyKey));
      this.#expired.set(run.id, run.owner);
      await writeFile(join(folder, run.id + expiredSuffix), JSON.stringify({ owner: run.owner }), { mode: 0o600 });
      await rm(run.path, { force: true });
    }
    await this.#forgetExpired(clock.now() - retentionMs * expiredLives);
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

  async #start(owner: string, request: ProjectRequest, idempotencyKey: string | undefined): Promise<Run> {
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
      version: 1,
      runId: `run-${randomBytes(16).toString('hex')}`,
      owner,
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
      createdAt: this.#parts.clock.now(),
      request,
    };
    const run = this.#add(header);
    try {
      const generator = forCallers(this.#parts.createGenerator());
      await run.start(header, (signal) => generator.generate(request, { signal }));
    } catch (error) {
      this.#remove(run);
      throw error;
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

  async #recover(): Promise<void> {
    for (const name of await readdir(this.#parts.folder)) {
      const path = join(this.#parts.folder, name);
      if (name.endsWith(expiredSuffix)) await this.#recoverExpired(path, name.slice(0, -expiredSuffix.length));
      if (!name.endsWith(journalSuffix) || !isRunId(name.slice(0, -journalSuffix.length))) continue;
      const { size, mtimeMs } = await stat(path);
      const record = await readRecord(path, size);
      // Nobody was told the id of a run whose header is not whole.
      if (record === undefined) await unlink(path);
      else await this.#recoverRun(record, mtimeMs);
    }
  }

  async #recoverRun(record: RunRecord, modifiedAt: number): Promise<void> {
    const run = this.#add(record.header);
    if (record.outcome !== undefined) {
      run.restore(record, modifiedAt);
      return;
    }
    if (!this.#parts.isRepeatable) {
      await run.giveUp(record);
      return;
    }
    const generator = forCallers(this.#parts.createGenerator(projectIdOf(record)));
    await run.resume(record, (signal) => generator.generate(record.header.request, { signal }));
  }

  async #recoverExpired(path: string, id: string): Promise<void> {
    const parsed = z
      .object({ owner: z.string() })
      .safeParse(JSON.parse(await readFile(path, 'utf8').catch(() => '{}')));
    if (parsed.success) this.#expired.set(id, parsed.data.owner);
  }

  async #forgetExpired(before: number): Promise<void> {
    for (const id of this.#expired.keys()) {
      const path = join(this.#parts.folder, id + expiredSuffix);
      const modifiedAt = await stat(path).then(
        (entry) => entry.mtimeMs,
        () => 0,
      );
      if (modifiedAt > before) continue;
      this.#expired.delete(id);
      await rm(path, { force: true });
    }
  }
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
