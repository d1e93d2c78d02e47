import { mkdir, open, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type CheckPlace, scratchFolders } from './check-place.ts';
import type { ProgramResult } from './run-program.ts';
import { readTestReport, type TestReport, testReporter } from './test-report.ts';
import { compilerAddons, reportFileOf, type SandboxLevel, sandboxArguments } from './test-sandbox.ts';
import type { Runner } from './tool-runner.ts';

/** Milliseconds. */
export interface TestLimits {
  readonly test: number;
  readonly silence: number;
  readonly tests: number;
}

export interface TestRun {
  readonly result: ProgramResult;
  readonly report: TestReport;
}

export interface TestRunOptions {
  /** Relative to the project. Without any, Vitest would run all there are. */
  readonly files: readonly string[];
  readonly level: SandboxLevel;
  /** The version of Node. */
  readonly version: string | undefined;
  readonly limits: TestLimits;
  /** What the reporter tries at the end; see {@link testReporter}. */
  readonly attempts?: string;
  readonly signal: AbortSignal;
}

/** As much of a report as is read, in bytes. */
const maxReport = 64_000_000;

/** Runs Vitest once, shut in at a level. */
export async function runTestFiles(
  runner: Runner,
  place: CheckPlace,
  { files, level, version, limits, attempts, signal }: TestRunOptions,
): Promise<TestRun> {
  const { given, out } = scratchFolders(place.scratch);
  const reportFile = reportFileOf(place);
  const reporter = join(given, 'reporter.mjs');
  // What is left of an earlier run does not matter to this one.
  for (const folder of [given, out]) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
  }
  const addons = await compilerAddons(place.packages);
  // Without a version there are no permissions to give, but what the guards take away.
  const sandbox =
    sandboxArguments(level, version, place, addons) ?? sandboxArguments('guard', undefined, place, addons);
  const written = [{ path: reporter, content: testReporter(reportFile, attempts) }, ...(sandbox?.files ?? [])];
  for (const { path, content } of written) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  const args = [
    ...['run', ...files, `--reporter=${reporter}`, `--testTimeout=${limits.test}`, '--pool=forks', '--no-color'],
    // Neither what Vitest learned of other runs, nor a copy of its configuration beside the packages, which others use too.
    ...['--no-cache', '--configLoader=runner'],
  ];
  const watch = watchGrowth(reportFile, limits.silence);
  try {
    const nodeArguments = sandbox?.nodeArguments ?? [];
    const options = { signal, limitMs: limits.tests, giveUp: watch.signal, nodeArguments };
    const result = await runner.run('vitest/vitest.mjs', args, place, options);
    return { result, report: readTestReport(await readStart(reportFile), place.project) };
  } finally {
    watch.stop();
  }
}

/** The beginning of a text, or nothing where there is no such file. */
async function readStart(file: string): Promise<string> {
  const handle = await open(file).catch(() => undefined);
  if (handle === undefined) return '';
  try {
    const { size } = await handle.stat();
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(Math.min(size, maxReport)));
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
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
