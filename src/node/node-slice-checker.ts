import { randomBytes } from 'node:crypto';
import { readdir, realpath, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { throwIfCancelled } from '../core/errors.ts';
import type { RenderedProject } from '../core/rendered-project.ts';
import { projectChecks } from '../core/slice-outcome.ts';
import type { CheckResult, CheckScope, Slice, SliceChecker, SliceFile, SliceProblem } from '../core/slices.ts';
import { affectedTests } from './affected-tests.ts';
import { CheckFolder, UnwritableFileError } from './check-folder.ts';
import type { CheckPlace } from './check-place.ts';
import { type CheckLimits, CheckTools, checkLimits } from './check-tools.ts';
import type { NodeProgram } from './node-program.ts';
import { stackOf } from './stack.ts';
import { installMegabytes, StackStore } from './stack-store.ts';

export interface NodeSliceCheckerOptions {
  /** An absolute folder that is kept between runs. */
  readonly cacheDir: string;
  /** Asks the user whether the packages may be installed there. Asked only where there is no install yet. */
  readonly consent: (info: { folder: string; megabytes: number }) => Promise<boolean>;
  /** What is set where this runs; programs are given what is harmless of it. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /**
   * Asks the user whether tests that a model wrote may be run although they cannot be shut in, and `why` not, as a sentence. Asked at most once, only where
   * that is so. Without it they are not run.
   */
  readonly unconfinedTests?: ((why: string) => Promise<boolean>) | undefined;
  readonly limits?: Partial<CheckLimits>;
  /** The Node that runs the tools, where it is not the one to be found. */
  readonly node?: NodeProgram;
}

const noTests = projectChecks.filter((check) => check !== 'tests');

/** Folders of checks that were not removed, because their process was killed, are after a day. */
const forgottenAfter = 24 * 3600_000;

/** Checks slices with the compiler, the linter and the test runner of the project they are for, in a folder of the cache. */
export class NodeSliceChecker implements SliceChecker {
  readonly #options: NodeSliceCheckerOptions;
  readonly #stacks: StackStore;
  readonly #tools: CheckTools;
  readonly #base: string;
  #folder: CheckFolder | undefined;
  /** Whether packages are there, by consent or from before. A slice with tables then brings a project without a database the packages for one. */
  #isPrepared = false;
  /** Checks run one after another: each of them keeps a machine of two cores busy. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: NodeSliceCheckerOptions) {
    const environment = options.environment ?? process.env;
    this.#options = options;
    this.#stacks = new StackStore(join(options.cacheDir, 'stacks'), environment);
    let answer: Promise<boolean> | undefined;
    const mayRunUnconfined = (why: string): Promise<boolean> => {
      answer ??= options.unconfinedTests?.(why) ?? Promise.resolve(false);
      return answer;
    };
    const limits = { ...checkLimits, ...options.limits };
    this.#tools = new CheckTools(environment, limits, { node: options.node, mayRunUnconfined });
    this.#base = join(options.cacheDir, 'checks', randomBytes(6).toString('hex'));
  }

  async prepare(
    project: RenderedProject,
    { signal, say }: { signal: AbortSignal; say: (what: string) => void },
  ): Promise<CheckScope> {
    throwIfCancelled(signal);
    await this.#sweep();
    const consent = () => this.#options.consent({ folder: this.#options.cacheDir, megabytes: installMegabytes });
    const installed = await this.#stacks.ensure(stackOf(project), { signal, say, consent });
    if ('refusal' in installed) return { checks: [], why: installed.refusal };
    this.#isPrepared = true;
    // Known before the first check, and said where people read it.
    const why = await this.#inTurn(async () => {
      return await this.#tools.whyNoTests(await this.#placeOf(project, [], installed.folder), signal);
    }).catch((error: unknown) => {
      throwIfCancelled(signal);
      return `it could not be found out whether tests can be shut in (${error instanceof Error ? error.message : String(error)})`;
    });
    throwIfCancelled(signal);
    return scopeOf(why);
  }

  check(project: RenderedProject, slices: readonly Slice[], { signal }: { signal: AbortSignal }): Promise<CheckResult> {
    return this.#inTurn(() => this.#check(project, slices, signal));
  }

  fix(
    project: RenderedProject,
    slices: readonly Slice[],
    { signal }: { signal: AbortSignal },
  ): Promise<readonly SliceFile[]> {
    return this.#inTurn(async () => {
      throwIfCancelled(signal);
      const packages = await this.#stacks.find(stackOf(project, packagesOf(slices)));
      if (packages === undefined) return [];
      const place = await this.#placeOf(project, slices, packages);
      await this.#tools.fix(place, signal);
      throwIfCancelled(signal);
      const before = new Map(slices.flatMap((slice) => slice.files).map(({ path, content }) => [path, content]));
      const after = (await this.#folder?.read(before.keys())) ?? [];
      return after.filter(({ path, content }) => before.get(path) !== content);
    });
  }

  async dispose(): Promise<void> {
    await this.#last;
    this.#folder = undefined;
    await rm(this.#base, { recursive: true, force: true, maxRetries: 3 });
  }

  async #check(project: RenderedProject, slices: readonly Slice[], signal: AbortSignal): Promise<CheckResult> {
    throwIfCancelled(signal);
    const extras = packagesOf(slices);
    const isPrepared = this.#isPrepared || (await this.#stacks.find(stackOf(project))) !== undefined;
    // Packages beyond the stack are on a list that the user wrote: that is consent for them, once there is consent at all.
    const consent = () => Promise.resolve(isPrepared);
    const installed = await this.#stacks.ensure(stackOf(project, extras), { signal, say: () => {}, consent });
    if ('refusal' in installed) {
      const what = Object.keys(extras).join(', ');
      const message = what === '' ? installed.refusal : `The check needs ${what}. ${installed.refusal}`;
      return { ...scopeOf(undefined), problems: [problem('imports', undefined, message)] };
    }

    const place = await this.#placeOf(project, slices, installed.folder).catch((error: unknown) => {
      if (error instanceof UnwritableFileError) return error;
      throw error;
    });
    if (place instanceof UnwritableFileError)
      return { ...scopeOf(undefined), problems: [problem('syntax', place.path, place.message)] };
    throwIfCancelled(signal);
    const [types, lint] = await Promise.all([this.#tools.types(place, signal), this.#tools.lint(place, signal)]);
    const tests = await this.#tools.tests(place, signal);
    return { ...scopeOf(tests.whyNot), problems: [...types, ...lint, ...tests.problems] };
  }

  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const result = this.#last.then(action);
    this.#last = result.catch(() => {});
    return result;
  }

  /** Puts a project with slices on the disk. */
  async #placeOf(project: RenderedProject, slices: readonly Slice[], packages: string): Promise<CheckPlace> {
    this.#folder ??= await CheckFolder.create(join(this.#base, 'project'));
    const files = slices.flatMap((slice) => slice.files);
    // Links within links would have to be readable for what is shut in.
    const realPackages = await realpath(packages);
    await this.#folder.sync([...project.files, ...files], realPackages);
    return {
      project: this.#folder.path,
      packages: realPackages,
      scratch: join(dirname(this.#folder.path), 'scratch'),
      slicePaths: new Set(files.map(({ path }) => path)),
      applicationTests: affectedTests(project, slices),
    };
  }

  async #sweep(): Promise<void> {
    await this.#stacks.sweep();
    const checks = join(this.#options.cacheDir, 'checks');
    for (const name of await readdir(checks).catch(() => [])) {
      const folder = join(checks, name);
      const entry = await stat(folder).catch(() => undefined);
      if (entry === undefined || Date.now() - entry.mtimeMs < forgottenAfter) continue;
      await rm(folder, { recursive: true, force: true }).catch(() => {});
    }
  }
}

/** What slices need beyond the stack. */
function packagesOf(slices: readonly Slice[]): Record<string, string> {
  return Object.fromEntries(slices.flatMap(({ packages }) => Object.entries(packages)));
}

/** All checks, or without the tests and why. */
function scopeOf(why: string | undefined): CheckScope {
  return { checks: why === undefined ? projectChecks : noTests, why };
}

function problem(check: SliceProblem['check'], path: string | undefined, message: string): SliceProblem {
  return { check, path, line: undefined, message };
}
