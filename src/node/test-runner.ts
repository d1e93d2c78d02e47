import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SliceProblem } from '../core/slices.ts';
import type { ProgramResult } from './run-program.ts';
import { readTestReport, type TestReport, testReporter } from './test-report.ts';
import { probeFiles, type SandboxLevel, sandboxArguments, sandboxRecord } from './test-sandbox.ts';
import { problemsOf } from './tool-problems.ts';
import type { CheckPlace, ToolRunner } from './tool-runner.ts';

export interface TestLimits {
  readonly test: number;
  readonly silence: number;
  readonly tests: number;
}

interface TestRun {
  readonly result: ProgramResult;
  readonly report: TestReport;
}

/** Runs tests with Vitest, in processes that can do as little as this Node lets them be limited to. */
export class TestRunner {
  readonly #runner: ToolRunner;
  readonly #limits: TestLimits;
  /** By the folder of the packages. */
  readonly #levels = new Map<string, SandboxLevel>();
  #version: string | undefined;

  constructor(runner: ToolRunner, limits: TestLimits) {
    this.#runner = runner;
    this.#limits = limits;
  }

  /** Runs the tests of the slices. `unclear` is a run that failed without saying why. */
  async run(
    place: CheckPlace,
    signal: AbortSignal,
  ): Promise<{ readonly problems: SliceProblem[]; readonly unclear: ProgramResult | undefined }> {
    const problems: SliceProblem[] = [];
    let level = await this.sandboxLevel(place, signal);
    let hasTriedAgain = false;
    let waiting = [...place.slicePaths].filter((path) => /\.test\.tsx?$/.test(path));
    while (waiting.length > 0) {
      const { result, report } = await this.#runFiles(waiting, level, place, signal);
      if (!hasTriedAgain && level !== 'guard' && wasKeptFromStarting(result, report)) {
        // What was known of this install does not hold for this project or folder.
        hasTriedAgain = true;
        level = await this.#findLevel(place, signal);
        continue;
      }
      problems.push(...problemsOf(report.findings, place.slicePaths, place));
      if (!result.tookTooLong) {
        const isUnclear = report.findings.length === 0 && (result.code !== 0 || !report.isDone);
        return { problems, unclear: isUnclear ? result : undefined };
      }
      const stuck = waiting.filter((path) => report.begun.has(path));
      const culprits = stuck.length > 0 ? stuck : waiting;
      problems.push(...culprits.map((path) => this.#endless(path)));
      waiting = waiting.filter((path) => !culprits.includes(path) && !report.ended.has(path));
    }
    return { problems, unclear: undefined };
  }

  /**
   * How far tests can be shut in at a place. Tried with tests that are known to be good before any that a model wrote are run, so that none of those
   * has a say in it; found out once per install and Node.
   */
  async sandboxLevel(place: CheckPlace, signal: AbortSignal): Promise<SandboxLevel> {
    const known = this.#levels.get(place.packages);
    if (known !== undefined) return known;
    this.#version ??= await this.#runner.nodeVersion(place.project, signal);
    const kept = await sandboxRecord(place.packages, this.#version).read();
    if (kept === undefined) return await this.#findLevel(place, signal);
    this.#levels.set(place.packages, kept);
    return kept;
  }

  async #findLevel(place: CheckPlace, signal: AbortSignal): Promise<SandboxLevel> {
    const level = await this.#tryLevels(place, signal);
    this.#levels.set(place.packages, level);
    // Less may have come of where the project is, or of a busy machine: it is tried again by the next run.
    if (level === 'full') await sandboxRecord(place.packages, this.#version).write(level);
    return level;
  }

  /** The best level that works. */
  async #tryLevels(place: CheckPlace, signal: AbortSignal): Promise<SandboxLevel> {
    const files = probeFiles(place);
    // Without files to run, Vitest would run all there are.
    if (files.length === 0) return 'guard';
    for (const level of ['full', 'workers'] as const) {
      if (sandboxArguments(level, this.#version, place) === undefined) continue;
      for (const { path, content } of files) await writeFile(join(place.project, path), content);
      try {
        const paths = files.map(({ path }) => path);
        const { result, report } = await this.#runFiles(paths, level, place, signal);
        const isGood = report.isDone && report.findings.length === 0 && paths.every((path) => report.ended.has(path));
        if (isGood && result.code === 0) return level;
      } finally {
        for (const { path } of files) await rm(join(place.project, path), { force: true });
      }
    }
    return 'guard';
  }

  #endless(path: string): SliceProblem {
    const message = `The tests of this file do not end: nothing happened for ${this.#limits.silence / 1000} seconds. Look for a loop that goes on for ever.`;
    return { check: 'tests', path, line: undefined, message };
  }

  async #runFiles(
    files: readonly string[],
    level: SandboxLevel,
    place: CheckPlace,
    signal: AbortSignal,
  ): Promise<TestRun> {
    await mkdir(place.scratch, { recursive: true });
    const reportFile = join(place.scratch, 'report.jsonl');
    const reporter = join(place.scratch, 'reporter.mjs');
    await rm(reportFile, { force: true });
    await writeFile(reporter, testReporter(reportFile));
    // Without a version there are no permissions to give, but what the guard takes away.
    const sandbox = sandboxArguments(level, this.#version, place) ?? sandboxArguments('guard', undefined, place);
    for (const { name, content } of sandbox?.files ?? []) await writeFile(join(place.scratch, name), content);
    const { test, tests: limitMs, silence } = this.#limits;
    const args = ['run', ...files, `--reporter=${reporter}`, `--testTimeout=${test}`, '--pool=forks', '--no-color'];
    const watch = watchGrowth(reportFile, silence);
    try {
      const options = { signal, limitMs, giveUp: watch.signal, nodeArguments: sandbox?.nodeArguments ?? [] };
      const result = await this.#runner.run('vitest/vitest.mjs', args, place, options);
      const text = await readFile(reportFile, 'utf8').catch(() => '');
      return { result, report: readTestReport(text, place.project) };
    } finally {
      watch.stop();
    }
  }
}

/** Whether permissions ended a run before any code of the tests ran: Vitest tells of a file before it loads it. */
function wasKeptFromStarting({ code, tookTooLong, output }: ProgramResult, report: TestReport): boolean {
  const hasBegun = report.isDone || report.begun.size > 0 || report.ended.size > 0;
  return !hasBegun && !tookTooLong && code !== 0 && /ERR_ACCESS_DENIED|bad option/.test(output);
}

/** Gives up when a file has not grown for so many milliseconds. */
function watchGrowth(file: string, silenceMs: number): { readonly signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  let size = 0;
  let grownAt = performance.now();
  const look = async (): Promise<void> => {
    const entry = await stat(file).catch(() => undefined);
    if (entry !== undefined && entry.size !== size) {
      size = entry.size;
      grownAt = performance.now();
    }
    if (performance.now() - grownAt > silenceMs) controller.abort();
  };
  const timer = setInterval(() => void look(), 250);
  return { signal: controller.signal, stop: () => clearInterval(timer) };
}
