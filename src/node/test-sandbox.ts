import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { runnerPreload, testGuard } from './test-guard.ts';
import type { CheckPlace } from './tool-runner.ts';

/**
 * How far tests are shut in. `full`: the processes that run them may only read the project, its packages and their own temporary files, write nothing
 * and start nothing, and Vitest, which does things for them, may only read the same, write temporary files and start those processes. `workers`: Vitest
 * itself may do anything. `guard`: this Node has no permissions, or they are in the way; only what `testGuard` takes away is away.
 */
const levelSchema = z.enum(['full', 'workers', 'guard']);
export type SandboxLevel = z.infer<typeof levelSchema>;

export interface SandboxArguments {
  /** For the Node that runs Vitest. */
  readonly nodeArguments: readonly string[];
  /** What they name, to be written into the scratch folder. */
  readonly files: readonly { readonly name: string; readonly content: string }[];
}

export type SandboxPlace = Pick<CheckPlace, 'project' | 'packages' | 'scratch'>;

/** What Node is told so that tests are shut in, or undefined where a Node of this version cannot do it. */
export function sandboxArguments(
  level: SandboxLevel,
  version: string | undefined,
  { project, packages, scratch }: SandboxPlace,
): SandboxArguments | undefined {
  const preload = join(scratch, 'runner-preload.mjs');
  const guard = join(scratch, 'test-guard.mjs');
  const permission = permissionFlag(version);
  if (level !== 'guard' && permission === undefined) return undefined;
  const reading = [project, packages, scratch].map((folder) => `--allow-fs-read=${folder}`);
  const quiet = ['SecurityWarning', 'ExperimentalWarning'].map((name) => `--disable-warning=${name}`);
  const limits = level === 'guard' || permission === undefined ? [] : [permission, ...reading, ...quiet];
  const runnerLimits = [
    ...limits,
    `--allow-fs-write=${scratch}`,
    // Where Vite puts its configuration to load it, and Vitest what it learned about the tests.
    `--allow-fs-write=${join(project, 'node_modules', '.vite')}*`,
    // Vite's compiler is one, and the processes that run the tests are the others. Neither is passed on to those.
    ...['--allow-addons', '--allow-worker', '--allow-child-process'],
  ];
  const workerArguments = [...limits, `--import=${pathToFileURL(guard).href}`];
  return {
    nodeArguments: [...(level === 'full' ? runnerLimits : []), `--import=${pathToFileURL(preload).href}`],
    files: [
      { name: 'test-guard.mjs', content: testGuard },
      { name: 'runner-preload.mjs', content: runnerPreload(workerArguments) },
    ],
  };
}

/** How Node calls its permissions: they were an experiment before 22.13 and 23.5, and are not there before 20. */
export function permissionFlag(version: string | undefined): string | undefined {
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  if (major >= 24 || (major === 23 && minor >= 5) || (major === 22 && minor >= 13)) return '--permission';
  return major >= 20 ? '--experimental-permission' : undefined;
}

const checksPermissions = `it('can do nothing else', () => {
  for (const name of ['fs.write', 'child', 'worker', 'addon']) expect([name, process.permission?.has(name) ?? true]).toEqual([name, false]);
  expect(process.permission?.has('fs.read', process.execPath)).toBe(false);
});
`;

/** Tests that are known to be good, with what those of slices need: they fail where permissions are in the way, and where they are not there. */
export function probeFiles({ project, packages }: SandboxPlace): { path: string; content: string }[] {
  const hasDatabase = existsSync(join(packages, 'node_modules/@electric-sql/pglite/package.json'));
  const database = `import { PGlite } from '@electric-sql/pglite';
it('opens a database', async () => {
  const database = new PGlite();
  expect((await database.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await database.close();
}, 60_000);
`;
  const page = `import { render } from '@testing-library/react';
it('shows a page', () => {
  expect(render(<p>shown</p>).container.textContent).toBe('shown');
}, 60_000);
`;
  const start = "import { expect, it } from 'vitest';\n";
  return [
    { folder: 'tests/server', name: 'sandbox-probe.test.ts', code: hasDatabase ? database : '' },
    { folder: 'tests/client', name: 'sandbox-probe.test.tsx', code: page },
  ]
    .filter(({ folder }) => existsSync(join(project, folder)))
    .map(({ folder, name, code }) => ({ path: `${folder}/${name}`, content: `${start}${code}${checksPermissions}` }));
}

/** Remembers what was found out about an install and a Node, beside the packages. */
export function sandboxRecord(
  packages: string,
  version: string | undefined,
): { read(): Promise<SandboxLevel | undefined>; write(level: SandboxLevel): Promise<void> } {
  const nowhere = { project: '/project', packages: '/packages', scratch: '/scratch' };
  const everything = [version, process.platform, process.arch, sandboxArguments('full', version, nowhere)];
  const digest = createHash('sha256').update(JSON.stringify(everything)).digest('hex').slice(0, 16);
  const file = join(packages, `.sandbox-${digest}`);
  return {
    async read() {
      return levelSchema.safeParse(await readFile(file, 'utf8').catch(() => undefined)).data;
    },
    async write(level) {
      // It is found out again where it cannot be kept.
      await writeFile(file, level).catch(() => {});
    },
  };
}
