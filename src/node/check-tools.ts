import type { SliceProblem } from '../core/slices.ts';
import type { CheckPlace } from './check-place.ts';
import type { NodeProgram } from './node-program.ts';
import type { Excess, ProgramResult } from './run-program.ts';
import { TestRunner } from './test-runner.ts';
import { type Finding, problemsOf, readLintErrors, readTypeErrors } from './tool-problems.ts';
import { maxToolMemory, ToolRunner } from './tool-runner.ts';

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

export interface ToolsOptions {
  /** The Node to use; found where it is not given. */
  readonly node?: NodeProgram | undefined;
  /** Asks the user whether tests may be run that are not wholly shut in. `why` is a sentence. */
  readonly mayRunUnconfined: (why: string) => Promise<boolean>;
}

/** Runs the stack's own compiler, linter and test runner, in an environment without secrets. */
export class CheckTools {
  readonly #runner: ToolRunner;
  readonly #tests: TestRunner;
  readonly #limits: CheckLimits;

  constructor(environment: Readonly<Record<string, string | undefined>>, limits: CheckLimits, options: ToolsOptions) {
    this.#runner = new ToolRunner(environment, options.node);
    this.#tests = new TestRunner(this.#runner, limits, options.mayRunUnconfined);
    this.#limits = limits;
  }

  async types(place: CheckPlace, signal: AbortSignal): Promise<SliceProblem[]> {
    const args = ['--noEmit', '--pretty', 'false'];
    const options = { signal, limitMs: this.#limits.types };
    const result = await this.#runner.run('typescript/bin/tsc', args, place, options);
    return judge('types', 'The types', result, readTypeErrors(result.output), place);
  }

  async lint(place: CheckPlace, signal: AbortSignal): Promise<SliceProblem[]> {
    const files = modulesOf(place);
    if (files.length === 0) return [];
    const args = [
      'lint',
      '--reporter=json',
      '--diagnostic-level=error',
      '--max-diagnostics=none',
      '--colors=off',
      ...files,
    ];
    const options = { signal, limitMs: this.#limits.lint };
    const result = await this.#runner.run('@biomejs/biome/bin/biome', args, place, options);
    return judge('lint', 'The code', result, readLintErrors(result.standardOutput) ?? [], place);
  }

  /** Makes the safe fixes of the linter in the files of the slices. What it cannot mend, it leaves for `lint` to tell. */
  async fix(place: CheckPlace, signal: AbortSignal): Promise<void> {
    const files = modulesOf(place);
    if (files.length === 0) return;
    const args = ['lint', '--write', '--reporter=json', '--max-diagnostics=1', '--colors=off', ...files];
    await this.#runner.run('@biomejs/biome/bin/biome', args, place, { signal, limitMs: this.#limits.lint });
  }

  /**
   * Runs the tests of the slices, shut in. A file whose tests never end is told, and the others are run without it. `whyNot` is why they were not run, as
   * a sentence.
   */
  async tests(place: CheckPlace, signal: AbortSignal): Promise<{ problems: readonly SliceProblem[]; whyNot?: string }> {
    const { unclear, problems, ...rest } = await this.#tests.run(place, signal);
    if (unclear === undefined) return { problems, ...rest };
    return { problems: [...problems, ...judge('tests', 'The tests', unclear, [], place)], ...rest };
  }

  /** Why tests will not be run at a place, as a sentence; undefined where they will. Found out once per install and Node; the user may be asked. */
  whyNoTests(place: CheckPlace, signal: AbortSignal): Promise<string | undefined> {
    return this.#tests.whyNot(place, signal);
  }
}

function modulesOf({ slicePaths }: CheckPlace): string[] {
  return [...slicePaths].filter((path) => /\.tsx?$/.test(path));
}

const excesses: Readonly<Record<Excess, string>> = {
  time: 'it took too long',
  output: 'the tool said far too much',
  memory: `it took more than ${maxToolMemory / 1000} GB of memory`,
};

/** What a tool came to: what it found, or that it could not do its work. */
function judge(
  check: SliceProblem['check'],
  what: string,
  { code, excess, output }: ProgramResult,
  findings: readonly Finding[],
  place: CheckPlace,
): SliceProblem[] {
  const problems = problemsOf(findings, place.slicePaths, place);
  if (excess !== undefined) {
    const message = `${what} could not be checked: ${excesses[excess]}.`;
    return [...problems, { check, path: undefined, line: undefined, message }];
  }
  if (problems.length > 0 || code === 0) return problems;
  const said = output.split('\n').filter((line) => line.trim() !== '');
  const message = `${what} could not be checked: ${said.slice(0, 12).join('\n')}`;
  return problemsOf([{ check, file: undefined, line: undefined, message }], place.slicePaths, place);
}
