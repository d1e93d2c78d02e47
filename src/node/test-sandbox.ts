import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { type CheckPlace, scratchFolders } from './check-place.ts';
import { assertShutIn } from './guard-code.ts';
import { runnerGuard } from './runner-guard.ts';
import { workerGuard } from './worker-guard.ts';

/**
 * How far tests are shut in. `full`: the processes that run them may only read the project, its packages and their own temporary files, write nothing
 * and start nothing; and Vitest, which does things for them, may only read the same, write temporary files, load Vite's compiler and start those processes.
 * `workers`: permissions hold for the former, but not for Vitest itself. `guard`: this Node has no permissions, or they are in the way; only what the guards
 * take away is away.
 */
export const levelSchema = z.enum(['full', 'workers', 'guard']);
export type SandboxLevel = z.infer<typeof levelSchema>;

export interface SandboxArguments {
  /** For the Node that runs Vitest. */
  readonly nodeArguments: readonly string[];
  /** What they name, to be written into the folder for that. */
  readonly files: readonly { readonly path: string; readonly content: string }[];
}

export type SandboxPlace = Pick<CheckPlace, 'project' | 'packages' | 'scratch'>;

/** The file that a run of tests reports to. */
export function reportFileOf({ scratch }: SandboxPlace): string {
  return join(scratchFolders(scratch).out, 'report.jsonl');
}

/** The most that the objects of a process that runs tests may take, in megabytes. A database is outside of it. */
const workerHeap = 1024;

/** What Node is told so that tests are shut in, or undefined where a Node of this version cannot do it. `addons` are the files of Vite's compiler. */
export function sandboxArguments(
  level: SandboxLevel,
  version: string | undefined,
  place: SandboxPlace,
  addons: readonly string[],
): SandboxArguments | undefined {
  const { project, packages, scratch } = place;
  const { given, home, out } = scratchFolders(scratch);
  const runner = join(given, 'runner-guard.mjs');
  const worker = join(given, 'worker-guard.mjs');
  const permission = permissionFlag(version);
  if (level !== 'guard' && permission === undefined) return undefined;
  const reading = [project, packages, scratch].map((folder) => `--allow-fs-read=${folder}`);
  const quiet = ['SecurityWarning', 'ExperimentalWarning'].map((name) => `--disable-warning=${name}`);
  const limits = level === 'guard' || permission === undefined ? [] : [permission, ...reading, ...quiet];
  // Vite's compiler is an add-on, and the processes that run the tests are child processes. Neither is passed on to those, and the guard narrows both.
  const runnerLimits = [...limits, ...[home, out].map((folder) => `--allow-fs-write=${folder}`)];
  const runnerPermissions = [...runnerLimits, '--allow-addons', '--allow-child-process'];
  const workerArguments = [
    ...limits,
    // As the project's own configuration has it.
    '--disallow-code-generation-from-strings',
    `--max-old-space-size=${workerHeap}`,
    `--import=${pathToFileURL(worker).href}`,
  ];
  const content = runnerGuard({
    project,
    packages,
    worker: join(packages, 'node_modules/vitest/dist/workers/forks.js'),
    workerArguments,
    addons,
    reportFile: reportFileOf(place),
  });
  return {
    nodeArguments: [...(level === 'full' ? runnerPermissions : []), `--import=${pathToFileURL(runner).href}`],
    files: [
      { path: worker, content: `${level === 'guard' ? '' : assertShutIn(project)}${workerGuard}` },
      { path: runner, content: `${level === 'full' ? assertShutIn(project) : ''}${content}` },
    ],
  };
}

/** How Node calls its permissions: they were an experiment before 22.13 and 23.5, and are not there before 20. */
export function permissionFlag(version: string | undefined): string | undefined {
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  if (major >= 24 || (major === 23 && minor >= 5) || (major === 22 && minor >= 13)) return '--permission';
  return major >= 20 ? '--experimental-permission' : undefined;
}

/** The files of Vite's compiler for this machine. */
export async function compilerAddons(packages: string): Promise<readonly string[]> {
  const scope = join(packages, 'node_modules/@rolldown');
  const names = (await readdir(scope).catch(() => [])).filter((name) => name.startsWith('binding-'));
  const found = names.map(async (name) =>
    (await readdir(join(scope, name))).filter((file) => file.endsWith('.node')).map((file) => join(scope, name, file)),
  );
  return (await Promise.all(found)).flat();
}
