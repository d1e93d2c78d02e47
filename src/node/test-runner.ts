import type { SliceProblem } from '../core/slices.ts';
import type { CheckPlace } from './check-place.ts';
import type { Excess, ProgramResult } from './run-program.ts';
import { SandboxLevels, type SandboxState } from './sandbox-levels.ts';
import type { TestReport } from './test-report.ts';
import { runTestFiles, type TestLimits } from './test-run.ts';
import { type Finding, problemsOf } from './tool-problems.ts';
import { maxToolMemory, type Runner } from './tool-runner.ts';

/** What running the tests of slices came to. */
export interface TestsResult {
  readonly problems: readonly SliceProblem[];
  /** A run that failed without saying why. */
  readonly unclear?: ProgramResult;
  /** Why the tests were not run, as a sentence; undefined where they were. */
  readonly whyNot?: string;
}

/** Runs tests with Vitest, shut in. Where they cannot be wholly, they are run only with the word of the user. */
export class TestRunner {
  readonly #runner: Runner;
  readonly #limits: TestLimits;
  readonly #mayRunUnconfined: (why: string) => Promise<boolean>;
  readonly #levels: SandboxLevels;

  /** `mayRunUnconfined` asks the user, whose word holds for as long as this lives; `why` is a sentence. */
  constructor(runner: Runner, limits: TestLimits, mayRunUnconfined: (why: string) => Promise<boolean>) {
    this.#runner = runner;
    this.#limits = limits;
    this.#mayRunUnconfined = mayRunUnconfined;
    this.#levels = new SandboxLevels(runner, limits);
  }

  /** Why tests will not be run at a place, as a sentence; undefined where they will. */
  async whyNot(place: CheckPlace, signal: AbortSignal): Promise<string | undefined> {
    return await this.#whyNotAt(await this.#levels.at(place, signal));
  }

  async #whyNotAt({ level, why }: SandboxState): Promise<string | undefined> {
    if (level === 'full' || why === undefined) return undefined;
    return (await this.#mayRunUnconfined(why)) ? undefined : why;
  }

  /** Runs the tests of the slices, and those of the application that they may break. A file whose tests never end, or take too much, is told, and the others are run without it. */
  async run(place: CheckPlace, signal: AbortSignal): Promise<TestsResult> {
    const problems: SliceProblem[] = [];
    let state = await this.#levels.at(place, signal);
    let hasTriedAgain = false;
    const own = [...place.slicePaths].filter((path) => /\.test\.tsx?$/.test(path));
    let waiting = [...own, ...(place.applicationTests ?? [])];
    while (waiting.length > 0) {
      const whyNot = await this.#whyNotAt(state);
      if (whyNot !== undefined) return { problems, whyNot };
      const { version } = this.#levels;
      const { level } = state;
      const options = { files: waiting, level, version, limits: this.#limits, signal };
      const { result, report } = await runTestFiles(this.#runner, place, options);
      if (!hasTriedAgain && level !== 'guard' && wasKeptFromStarting(result, report)) {
        // What was known of this install does not hold for this project or folder.
        hasTriedAgain = true;
        state = await this.#levels.find(place, signal);
        continue;
      }
      const findings = findingsOf(report);
      problems.push(...problemsOf(findings, place.slicePaths, place));
      const excess = report.saidTooMuch ? 'output' : result.excess;
      if (excess === undefined) {
        if (findings.length > 0) return { problems };
        if (result.code !== 0 || !report.isDone) return { problems, unclear: result };
        return { problems: [...problems, ...waiting.filter((path) => !report.ended.has(path)).map(notRun)] };
      }
      const stuck = waiting.filter((path) => report.begun.has(path));
      const culprits = stuck.length > 0 ? stuck : waiting.filter((path) => !report.ended.has(path));
      problems.push(...culprits.map((path) => this.#excessive(path, excess)));
      waiting = waiting.filter((path) => !culprits.includes(path) && !report.ended.has(path));
    }
    return { problems };
  }

  #excessive(path: string, excess: Excess): SliceProblem {
    const message = {
      time: `The tests of this file do not end: nothing happened for ${this.#limits.silence / 1000} seconds. Look for a loop that goes on for ever.`,
      output: 'The tests of this file say far too much, in their errors or on the console. Make their messages short.',
      memory: `The tests of this file take more than ${maxToolMemory / 1000} GB of memory. Look for a list that grows for ever.`,
    }[excess];
    return { check: 'tests', path, line: undefined, message };
  }
}

/** What was found. Where a process ended under its tests, Vitest does not say which tests those were. */
function findingsOf({ findings, begun, saidTooMuch }: TestReport): readonly Finding[] {
  const isOfProcess = ({ file, message }: Finding): boolean => file === undefined && /\bWorker\b/.test(message);
  if (saidTooMuch) return findings.filter((finding) => !isOfProcess(finding));
  return findings.flatMap((finding) =>
    isOfProcess(finding) && begun.size > 0
      ? [...begun].map((file) => ({
          ...finding,
          file,
          message: 'The process that ran the tests of this file ended under them: it may have used up its memory.',
        }))
      : [finding],
  );
}

/** A test can have Vitest end early, and the tests of other files with it. */
function notRun(path: string): SliceProblem {
  return { check: 'tests', path, line: undefined, message: 'The tests of this file were not run to their end.' };
}

/** Whether permissions ended a run before any code of the tests ran: Vitest tells of a file before it loads it. */
function wasKeptFromStarting({ code, excess, output }: ProgramResult, report: TestReport): boolean {
  const hasBegun = report.isDone || report.begun.size > 0 || report.ended.size > 0;
  return !hasBegun && excess === undefined && code !== 0 && /ERR_ACCESS_DENIED|bad option/.test(output);
}
