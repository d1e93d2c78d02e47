import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { emptyOutline } from '../../../src/core/project-outline.ts';
import type { RenderedProject } from '../../../src/core/rendered-project.ts';
import { covers, readVersions, type Stack, stackOf } from '../../../src/node/stack.ts';
import { StackStore } from '../../../src/node/stack-store.ts';

/** A project with these packages, as far as npm is concerned. */
function projectOf(name: string, versions: Readonly<Record<string, string>>): RenderedProject {
  const dependencies = versions;
  const places = Object.entries(versions).map(([id, version]) => [`node_modules/${id}`, { version }] as const);
  const lock = { name, lockfileVersion: 3, packages: { '': { name, dependencies }, ...Object.fromEntries(places) } };
  const file = (path: string, value: unknown) =>
    ({ path, content: JSON.stringify(value), phase: 'deployment', task: '' }) as const;
  return {
    files: [file('package.json', { name, description: name, dependencies }), file('package-lock.json', lock)],
    database: { dialect: 'none', tables: [] },
    frontend: { components: [], pages: [] },
    deployment: { targets: [] },
    outline: emptyOutline,
  };
}

const small = { hono: '4.0.0', zod: '4.0.0' };
const large = { ...small, pg: '8.0.0' };

/** Stands in for npm: does what `steps` say, in the folder it is started in. */
const installs = `mkdir -p node_modules/typescript/bin node_modules/@biomejs/biome/bin node_modules/vitest
touch node_modules/typescript/bin/tsc node_modules/@biomejs/biome/bin/biome node_modules/vitest/vitest.mjs`;

describe('Installs of packages', function () {
  if (process.platform === 'win32') return;
  this.timeout(180_000);
  let folder: string;
  let stacks: string;
  const said: string[] = [];
  let asked = 0;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'takoss stacks '));
    stacks = join(folder, 'stacks');
    said.length = 0;
    asked = 0;
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** A store that finds an npm which runs these steps. */
  async function storeWith(steps: string): Promise<StackStore> {
    const bin = join(folder, 'bin');
    await mkdir(bin, { recursive: true });
    await writeFile(join(bin, 'npm'), `#!/bin/sh\necho "$@" >> "${folder}/calls"\n${steps}\n`);
    await chmod(join(bin, 'npm'), 0o755);
    return new StackStore(stacks, { PATH: `${bin}${delimiter}/usr/bin${delimiter}/bin`, ANTHROPIC_API_KEY: 'sk' });
  }

  const ensure = (store: StackStore, stack: Stack, isWanted = true, signal = new AbortController().signal) =>
    store.ensure(stack, {
      signal,
      say: (what) => said.push(what),
      consent: () => {
        asked += 1;
        return Promise.resolve(isWanted);
      },
    });
  const calls = async () => (await readFile(join(folder, 'calls'), 'utf8').catch(() => '')).split('\n').filter(Boolean);

  it('are the same for projects that differ in their name only', () => {
    assert.equal(stackOf(projectOf('blog', small)).digest, stackOf(projectOf('shop', small)).digest);
    assert.notEqual(stackOf(projectOf('blog', small)).digest, stackOf(projectOf('blog', large)).digest);
    assert.notEqual(
      stackOf(projectOf('blog', small)).digest,
      stackOf(projectOf('blog', small), { d3: '7.0.0' }).digest,
    );
  });

  it('cover projects that need less of the same versions', () => {
    const installed = readVersions(stackOf(projectOf('a', large)).lockfile);
    assert.equal(covers(installed, stackOf(projectOf('b', small))), true);
    assert.equal(covers(installed, stackOf(projectOf('b', { zod: '4.0.1' }))), false);
    assert.equal(covers(installed, stackOf(projectOf('b', small), { d3: '7.0.0' })), false);
    assert.equal(covers(installed, stackOf(projectOf('b', small), { pg: '8.0.0' })), true);
  });

  it('are made once, without scripts, and reused by smaller projects and other processes', async () => {
    const store = await storeWith(installs);
    const first = await ensure(store, stackOf(projectOf('blog', large)));
    assert.ok('folder' in first);
    assert.deepEqual(await ensure(store, stackOf(projectOf('static', small))), first);
    assert.deepEqual(await ensure(await storeWith('exit 1'), stackOf(projectOf('shop', large))), first);
    assert.equal(asked, 1);
    const [call, ...others] = await calls();
    assert.match(String(call), /^ci --include=dev --ignore-scripts /);
    assert.deepEqual(others, []);
    assert.equal(JSON.parse(await readFile(join(first.folder, 'package.json'), 'utf8')).name, 'takoss-stack');
  });

  it('add what the project lacks from the list of the user', async () => {
    const store = await storeWith(installs);
    const made = await ensure(store, stackOf(projectOf('blog', small), { d3: '7.0.0' }));
    assert.ok('folder' in made);
    assert.match(String((await calls())[0]), /^install --include=dev --ignore-scripts /);
    const { dependencies } = JSON.parse(await readFile(join(made.folder, 'package.json'), 'utf8'));
    assert.deepEqual(dependencies, { d3: '7.0.0', ...small });
  });

  it('are not made when the user does not want them', async () => {
    const declined = await ensure(await storeWith(installs), stackOf(projectOf('blog', small)), false);
    assert.deepEqual(declined, { refusal: 'The packages that checks need were not installed, as you chose.' });
    assert.deepEqual(await calls(), []);
  });

  it('run npm without the secrets of the user', async () => {
    const store = await storeWith(`env > "${folder}/environment"\n${installs}`);
    await ensure(store, stackOf(projectOf('blog', small)));
    const environment = await readFile(join(folder, 'environment'), 'utf8');
    assert.match(environment, /^PATH=/m);
    assert.doesNotMatch(environment, /ANTHROPIC/);
  });

  it('that were cancelled are not believed', async () => {
    const store = await storeWith(`${installs}\nsleep 60`);
    const controller = new AbortController();
    const running = ensure(store, stackOf(projectOf('blog', small)), true, controller.signal);
    while ((await calls()).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    controller.abort();
    await assert.rejects(running, { code: 'cancelled' });
    assert.deepEqual(await readdir(stacks), []);
    assert.equal(await store.find(stackOf(projectOf('blog', small))), undefined);
  });

  it('that lost their tools are made anew', async () => {
    const store = await storeWith(installs);
    const stack = stackOf(projectOf('blog', small));
    const made = await ensure(store, stack);
    assert.ok('folder' in made);
    await rm(join(made.folder, 'node_modules/vitest'), { recursive: true });
    const again = await ensure(await storeWith(installs), stack);
    assert.deepEqual(again, made);
    assert.equal((await calls()).length, 2);
  });

  it('are made by one of two processes at once', async () => {
    const steps = `sleep 1\n${installs}`;
    const stack = stackOf(projectOf('blog', small));
    const [a, b] = await Promise.all([ensure(await storeWith(steps), stack), ensure(await storeWith(steps), stack)]);
    assert.deepEqual(a, b);
    assert.equal((await calls()).length, 1);
    assert.ok(said.includes('Waiting for another Takoss that installs the packages'));
  });

  it('do not wait for a process that died while it made one', async () => {
    const stack = stackOf(projectOf('blog', small));
    const lock = join(stacks, `${stack.digest}.lock`);
    await mkdir(dirname(lock), { recursive: true });
    // No process has a number that large.
    await writeFile(lock, '999999999');
    assert.ok('folder' in (await ensure(await storeWith(installs), stack)));
  });

  const failures: readonly (readonly [what: string, steps: string, refusal: RegExp])[] = [
    ['no network', 'echo "npm error code ENOTFOUND" >&2; exit 1', /registry could not be reached/],
    ['a full disk', 'echo "npm error code ENOSPC" >&2; exit 1', /disk is full/],
    [
      'anything else',
      'echo "npm error code EINTEGRITY in /home/me" >&2; exit 1',
      /^npm could not install .* \(EINTEGRITY\)\.$/,
    ],
  ];
  for (const [what, steps, refusal] of failures) {
    it(`say so on ${what}`, async () => {
      const result = await ensure(await storeWith(steps), stackOf(projectOf('blog', small)));
      assert.ok('refusal' in result);
      assert.match(result.refusal, refusal);
      assert.deepEqual(await readdir(stacks), []);
    });
  }

  it('say so where there is no npm', async () => {
    const result = await ensure(new StackStore(stacks, { PATH: folder }), stackOf(projectOf('blog', small)));
    assert.ok('refusal' in result);
    assert.match(result.refusal, /npm was not found/);
    assert.equal(asked, 0);
  });
});
