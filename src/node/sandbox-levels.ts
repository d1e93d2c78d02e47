import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckPlace } from './check-place.ts';
import { probeFiles, runnerAttempts } from './sandbox-probe.ts';
import { sandboxRecord } from './sandbox-record.ts';
import { runTestFiles, type TestLimits } from './test-run.ts';
import { type SandboxLevel, sandboxArguments } from './test-sandbox.ts';
import type { NodeIdentity, Runner } from './tool-runner.ts';

/** How far tests can be shut in. */
export interface SandboxState {
  readonly level: SandboxLevel;
  /** Why not wholly, as a sentence; undefined at the level `full`. */
  readonly why: string | undefined;
}

/** A probe that ran out of time says nothing about what it was to find out. */
type Probe = 'good' | 'bad' | 'late';

/** Finds out how far tests can be shut in on this machine, by trying. */
export class SandboxLevels {
  readonly #runner: Runner;
  readonly #limits: TestLimits;
  /** By the folder of the packages. */
  readonly #known = new Map<string, SandboxState>();
  #node: NodeIdentity | undefined;

  constructor(runner: Runner, limits: TestLimits) {
    this.#runner = runner;
    this.#limits = limits;
  }

  /** The version of the Node that runs tests, once a level has been asked for. */
  get version(): string | undefined {
    return this.#node?.version;
  }

  /**
   * How far tests can be shut in at a place. Tried with tests that are known to be good before any that a model wrote are run, so that none of those
   * has a say in it; found out once per install and Node.
   */
  async at(place: CheckPlace, signal: AbortSignal): Promise<SandboxState> {
    const known = this.#known.get(place.packages);
    if (known !== undefined) return known;
    this.#node ??= await this.#runner.identify(place.project, signal);
    const kept = await sandboxRecord(place.packages, this.#node).read();
    if (kept !== 'full') return await this.find(place, signal);
    const state = { level: kept, why: undefined };
    this.#known.set(place.packages, state);
    return state;
  }

  /** Finds it out again. */
  async find(place: CheckPlace, signal: AbortSignal): Promise<SandboxState> {
    const state = await this.#try(place, signal);
    this.#known.set(place.packages, state);
    // Less may have come of where the project is, or of a busy machine: it is tried again by the next run.
    if (state.level === 'full' && this.#node !== undefined)
      await sandboxRecord(place.packages, this.#node).write(state.level);
    return state;
  }

  /** The best level that works. */
  async #try(place: CheckPlace, signal: AbortSignal): Promise<SandboxState> {
    let why = 'this Node.js cannot shut tests in';
    for (const level of ['full', 'workers'] as const) {
      if (sandboxArguments(level, this.version, place, []) === undefined) continue;
      let found = await this.#probe(level, place, signal);
      // On a busy machine the second try finds what the first has loaded.
      if (found === 'late') found = await this.#probe(level, place, signal);
      if (found === 'good') return { level, why: level === 'full' ? undefined : why };
      why =
        found === 'late'
          ? 'this machine was too busy to find out whether tests can be shut in'
          : 'tests could not be shut in on this machine when that was tried';
    }
    return { level: 'guard', why };
  }

  async #probe(level: SandboxLevel, place: CheckPlace, signal: AbortSignal): Promise<Probe> {
    const files = probeFiles(level, place);
    if (files.length === 0) return 'bad';
    for (const { path, content } of files) await writeFile(join(place.project, path), content);
    try {
      const paths = files.map(({ path }) => path);
      const { result, report } = await runTestFiles(this.#runner, place, {
        files: paths,
        level,
        version: this.version,
        limits: this.#limits,
        ...(level === 'full' ? { attempts: runnerAttempts(place) } : {}),
        signal,
      });
      if (result.excess === 'time') return 'late';
      const isShut = level !== 'full' || report.passedAttempts?.length === 0;
      const hasRun = report.isDone && report.findings.length === 0 && paths.every((path) => report.ended.has(path));
      return isShut && hasRun && result.code === 0 ? 'good' : 'bad';
    } finally {
      for (const { path } of files) await rm(join(place.project, path), { force: true });
    }
  }
}
