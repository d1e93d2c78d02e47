import { randomBytes } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode, TakossError } from '../core/errors.ts';
import { temporarySuffix } from './atomic-file.ts';
import type { ServerLog } from './server-log.ts';

/** Why the data folder takes nothing. */
export type StorageProblem = 'disk-full' | 'disk-read-only' | 'disk-failing';

const problems: Readonly<Record<string, StorageProblem>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EROFS: 'disk-read-only',
  EACCES: 'disk-read-only',
  EPERM: 'disk-read-only',
};

/** For callers and operators alike; where the folder is, only the log says. */
export const storageSentences: Readonly<Record<StorageProblem, string>> = {
  'disk-full': 'The disk of the server is full.',
  'disk-read-only': 'The data folder of the server cannot be written to.',
  'disk-failing': 'The disk of the server fails.',
};

/** What the disk threw as an error of the run or request that needed it. */
export function storageFailure(cause: unknown): TakossError {
  const sentence = storageSentences[storageProblem(cause)];
  return new TakossError('storage', `${sentence} Tell whoever runs it, and try again later.`, { cause });
}

function storageProblem(error: unknown): StorageProblem {
  return problems[systemCode(error) ?? ''] ?? 'disk-failing';
}

/** How much must fit, in bytes: about half of what a small project takes. */
const probeBytes = 256 * 1024;
/** How long a finding is believed, in ms. */
const believedMs = 1000;

/** Knows whether the data folder takes what runs write. */
export class StorageHealth {
  readonly #folder: string;
  readonly #log: ServerLog;
  #problem: StorageProblem | undefined;
  #checkedAt = Number.NEGATIVE_INFINITY;
  #checking: Promise<void> | undefined;

  /** `folder` is that of the journals. */
  constructor(folder: string, log: ServerLog) {
    this.#folder = folder;
    this.#log = log;
  }

  /** What is wrong now, or was a second ago; undefined when nothing is. */
  async check(): Promise<StorageProblem | undefined> {
    if (performance.now() - this.#checkedAt > believedMs) {
      this.#checking ??= this.#probe().finally(() => {
        this.#checking = undefined;
      });
      await this.#checking;
    }
    return this.#problem;
  }

  /** What was wrong when something was last written. */
  get problem(): StorageProblem | undefined {
    return this.#problem;
  }

  /** Hears of something that could not be written. */
  failed(error: unknown): void {
    this.#found(storageProblem(error), error);
  }

  /** Writes something: only that tells, since a disk may be full for one user alone, and free space may be reserved. */
  async #probe(): Promise<void> {
    const path = join(this.#folder, `probe-${randomBytes(4).toString('hex')}${temporarySuffix}`);
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      const file = await open(path, 'wx', 0o600);
      try {
        await file.writeFile(Buffer.alloc(probeBytes));
      } finally {
        await file.close();
      }
      this.#found(undefined);
    } catch (error) {
      this.failed(error);
    } finally {
      await rm(path, { force: true }).catch(() => {});
      this.#checkedAt = performance.now();
    }
  }

  /** Says each change once. */
  #found(problem: StorageProblem | undefined, error?: unknown): void {
    if (problem === this.#problem) return;
    this.#problem = problem;
    if (problem === undefined) this.#log.info({}, 'the data folder takes writes again');
    else this.#log.error({ err: error, problem }, storageSentences[problem]);
  }
}
