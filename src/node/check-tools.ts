import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SliceProblem } from '../core/slices.ts';
import { cleanEnvironment } from './clean-environment.ts';
import { findNode, type NodeProgram } from './node-program.ts';
import { type ProgramResult, runProgram } from './run-program.ts';
import { readTestReport, type TestReport, testReporter } from './test-report.ts';
import { type Finding, problemsOf, readLintErrors, readTypeErrors } from './tool-problems.ts';

/** Milliseconds after which a tool is ended. */
export interface CheckLimits {
  readonly types: number;
  readonly lint: number;
  /** One test, which Vitest ends by itself as long as it waits for something. */
  readonly test: number;
  /** Without any test beginning or ending: opening the database takes 2 to 10 s of it. */
  readonly silence: number;
  /** All tests of a check. */
  readonly tests: number;
}

export const checkLimits: CheckLimits = {
  types: 120_000,
  lint: 60_000,
  test: 10_000,
  silence: 60_000,
  tests: 300_000,
};

/** Where a check happens. */
export interface CheckPlace {
  /** The project, with its packages. */
  readonly project: string;
  /** The folder that has the packages. */
  readonly packages: string;
  /** A folder for what the tools need besides. */
  readonly scratch: string;
  readonly slicePaths: ReadonlySet<string>;
}

/** Runs the stack's own compiler, linter and test runner, in an environment without secrets. */
export class CheckTools {
  readonly #environment: Readonly<Record<string, string | undefined>>;
  readonly #limits: CheckLimits;
  #node: NodeProgram | undefined;

  constructor(environment: Readonly<Record<string, string | undefined>>, limits: CheckLimits) {
    this.#environment = environment;
    this.#limits = limits;
  }

  async types(place: CheckPlace, signal: AbortSignal): Promise<SliceProblem[]> {
    const args = ['--noEmit', '--pretty', 'false'];
    const result = await this.#run('typescript/bin/tsc', args, place, signal, this.#limits.types);
    const findings = readTypeErrors(result.output);
    return this.#judge('types', 'The types', result, findings, place);
  }

  async lint(place: CheckPlace, signal: AbortSignal): Promise<SliceProblem[]> {
    const files = [...place.slicePaths].filter((path) => /\.tsx?$/.test(path));
    if (files.length === 0) return [];
    const args = [
      'lint',
      '--reporter=json',
      '--diagnostic-level=error',
      '--max-diagnostics=none',
      '--colors=off',
      ...files,
    ];
    const result = await this.#run('@biomejs/biome/bin/biome', args, place, signal, this.#limits.lint);
    return this.#judge('lint', 'The code', result, readLintErrors(result.standardOutput) ?? [], place);
  }

  /** Runs the tests. A file whose tests never end is told, and the others are run without it. */
  async tests(place: CheckPlace, signal: AbortSignal): Promise<SliceProblem[]> {
    const problems: SliceProblem[] = [];
    let waiting = [...place.slicePaths].filter((path) => /\.test\.tsx?$/.test(path));
    while (waiting.length > 0) {
      const { result, report } = await this.#runTests(waiting, place, signal);
      problems.push(...problemsOf(report.findings, place.slicePaths, place));
      if (!result.tookTooLong) {
        const isUnclear = report.findings.length === 0 && (result.code !== 0 || !report.isDone);
        return isUnclear ? [...problems, ...this.#judge('tests', 'The tests', result, [], place)] : problems;
      }
      const stuck = waiting.filter((path) => report.begun.has(path));
      const culprits = stuck.length > 0 ? stuck : waiting;
      problems.push(...culprits.map((path) => this.#endless(path)));
      waiting = waiting.filter((path) => !culprits.includes(path) && !report.ended.has(path));
    }
    return problems;
  }

  #endless(path: string): SliceProblem {
    const message = `The tests of this file do not end: nothing happened for ${this.#limits.silence / 1000} seconds. Look for a loop that goes on for ever.`;
    return { check: 'tests', path, line: undefined, message };
  }

  async #runTests(
    files: readonly string[],
    place: CheckPlace,
    signal: AbortSignal,
  ): Promise<{ result: ProgramResult; report: TestReport }> {
    await mkdir(place.scratch, { recursive: true });
    const reportFile = join(place.scratch, 'report.jsonl');
    const reporter = join(place.scratch, 'reporter.mjs');
    await rm(reportFile, { force: true });
    await writeFile(reporter, testReporter(reportFile));
    const { test, tests } = this.#limits;
    const args = ['run', ...files, `--reporter=${reporter}`, `--testTimeout=${test}`, '--no-color'];
    const silence = this.#watch(reportFile);
    try {
      const result = await this.#run('vitest/vitest.mjs', args, place, signal, tests, silence.signal);
      const text = await readFile(reportFile, 'utf8').catch(() => '');
      return { result, report: readTestReport(text, place.project) };
    } finally {
      silence.stop();
    }
  }

  /** Gives up when a file has not grown for as long as tests may be silent. */
  #watch(file: string): { readonly signal: AbortSignal; stop(): void } {
    const controller = new AbortController();
    let size = 0;
    let grownAt = performance.now();
    const look = async (): Promise<void> => {
      const entry = await stat(file).catch(() => undefined);
      if (entry !== undefined && entry.size !== size) {
        size = entry.size;
        grownAt = performance.now();
      }
      if (performance.now() - grownAt > this.#limits.silence) controller.abort();
    };
    const timer = setInterval(() => void look(), 250);
    return { signal: controller.signal, stop: () => clearInterval(timer) };
  }

  /** What a tool came to: what it found, or that it could not do its work. */
  #judge(
    check: SliceProblem['check'],
    what: string,
    { code, tookTooLong, output }: ProgramResult,
    findings: readonly Finding[],
    place: CheckPlace,
  ): SliceProblem[] {
    const problems = problemsOf(findings, place.slicePaths, place);
    if (tookTooLong) {
      const message = `${what} could not be checked: it took too long.`;
      return [...problems, { check, path: undefined, line: undefined, message }];
    }
    if (problems.length > 0 || code === 0) return problems;
    const said = output.split('\n').filter((line) => line.trim() !== '');
    const message = `${what} could not be checked: ${said.slice(0, 12).join('\n')}`;
    return problemsOf([{ check, file: undefined, line: undefined, message }], place.slicePaths, place);
  }

  async #run(
    tool: string,
    args: readonly string[],
    { project, packages, scratch }: CheckPlace,
    signal: AbortSignal,
    limitMs: number,
    giveUp?: AbortSignal,
  ): Promise<ProgramResult> {
    const clean = cleanEnvironment(this.#environment);
    this.#node ??= await findNode(clean.PATH ?? clean.Path ?? '');
    const home = join(scratch, 'home');
    await mkdir(home, { recursive: true });
    const environment = {
      ...clean,
      // Neither the settings of the user nor what other programs keep in a shared folder.
      ...{ HOME: home, USERPROFILE: home, TMPDIR: home, TMP: home, TEMP: home },
      ...{ CI: '1', NO_COLOR: '1', DEBUG_PRINT_LIMIT: '1000', ...this.#node.environment },
    };
    const script = join(packages, 'node_modules', tool);
    const options = { folder: project, environment, signal, limitMs, ...(giveUp === undefined ? {} : { giveUp }) };
    return await runProgram(this.#node.command, [script, ...args], options);
  }
}
