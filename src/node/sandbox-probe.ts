import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { SandboxLevel, SandboxPlace } from './test-sandbox.ts';

/**
 * Tries everything that must not work, without harm where it does: an expression for a function that returns the names of what was not refused. Tried in
 * the processes that run tests and in Vitest itself, after it has set itself up.
 */
function attempts({ project }: SandboxPlace): string {
  const beside = JSON.stringify(join(project, '..', 'written-by-probe'));
  const within = JSON.stringify(join(project, 'written-by-probe'));
  return `async () => {
  const use = (name) => createRequire(import.meta.url)('node:' + name);
  const settled = (start) => new Promise((resolve, reject) => start().on('error', reject).on('connect', resolve).on('listening', resolve));
  const tries = {
    'reading a file outside': () => use('fs').readFileSync(process.execPath),
    'listing a folder outside': () => use('fs').readdirSync(use('path').dirname(process.execPath)),
    'writing a file outside': () => use('fs').writeFileSync(${beside}, ''),
    'writing a file of the project': () => use('fs').writeFileSync(${within}, ''),
    'starting a program': () => use('child_process').spawnSync(process.execPath, ['--version']),
    'starting a shell': () => use('child_process').execSync('exit'),
    'starting a program of Node': () => use('child_process').fork(${within}),
    'starting a program by its class': () => new (use('child_process').ChildProcess)().spawn({ file: process.execPath, args: ['node', '--version'], stdio: 'ignore' }),
    'starting a thread': () => new (use('worker_threads').Worker)('', { eval: true }),
    'loading an add-on': () => process.dlopen({ exports: {} }, ${within}),
    'connecting': () => settled(() => use('net').connect(9, '127.0.0.1')),
    'listening': () => settled(() => use('net').createServer().listen(0, '127.0.0.1')),
    'looking up a name': () => use('dns').promises.lookup('localhost'),
    'sending a datagram': () => use('dgram').createSocket('udp4').close(),
    'opening a database': () => new (use('sqlite').DatabaseSync)(':memory:').close(),
    'signalling the parent': () => process.kill(process.ppid, 0),
    'inspecting': () => new (use('inspector').Session)().connect(),
    'reaching the inside of Node': () => process.binding('fs'),
  };
  const passed = [];
  for (const [name, attempt] of Object.entries(tries)) {
    try {
      await attempt();
      passed.push(name);
    } catch (error) {
      const isRefused = error?.code === 'ERR_ACCESS_DENIED';
      // Not in this version of Node.
      const isMissing = error?.code === 'MODULE_NOT_FOUND' || error?.code === 'ERR_UNKNOWN_BUILTIN_MODULE';
      if (!isRefused && !isMissing) passed.push(name);
    }
  }
  return passed;
}`;
}

/** What the reporter does at the end of a probe: a function that returns the names of what was not refused to Vitest itself. */
export function runnerAttempts(place: SandboxPlace): string {
  return attempts(place);
}

/**
 * Tests that are known to be good, with what those of slices need: they fail where permissions are in the way, and where something that is forbidden
 * works. At the level `guard` nobody promises anything but that they run.
 */
export function probeFiles(level: SandboxLevel, place: SandboxPlace): { path: string; content: string }[] {
  const { project, packages } = place;
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
  const start = "import { createRequire } from 'node:module';\nimport { expect, it } from 'vitest';\n";
  const checks = level === 'guard' ? '' : workerTests(place);
  return [
    { folder: 'tests/server', name: 'sandbox-probe.test.ts', code: hasDatabase ? database : '' },
    { folder: 'tests/client', name: 'sandbox-probe.test.tsx', code: page },
  ]
    .filter(({ folder }) => existsSync(join(project, folder)))
    .map(({ folder, name, code }) => ({
      path: `${folder}/${name}`,
      content: `${start}${code}${checks}it('runs', () => { expect(createRequire).toBeDefined(); });\n`,
    }));
}

/** What is tried in the processes that run tests, as tests. */
export function workerTests(place: SandboxPlace): string {
  return `it('can do nothing else', async () => {
  for (const name of ['fs.write', 'child', 'worker', 'addon']) expect([name, process.permission?.has(name) ?? true]).toEqual([name, false]);
  const attempts = ${attempts(place)};
  expect(await attempts()).toEqual([]);
}, 60_000);
it('is given nothing by the runner', async () => {
  const { rpc } = globalThis.__vitest_worker__;
  const asked = ['/package.json?raw', '/package.json?url', '/vite.config.ts?a&lang.css', '/../package.json', process.execPath, '/@fs' + process.execPath];
  const given = await Promise.all(asked.map((id) => rpc.fetch(id, undefined, 'ssr', {}).then(() => id, () => undefined)));
  expect(given.filter(Boolean)).toEqual([]);
}, 60_000);
`;
}
