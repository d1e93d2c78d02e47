import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectChecks } from '../../src/core/slice-outcome.ts';
import type { Slice, SliceProblem } from '../../src/core/slices.ts';
import { NodeSliceChecker } from '../../src/node/node-slice-checker.ts';
import { CheckingPlace, renderSlices, withAdded } from '../support/checking.ts';
import { exampleProject } from '../support/example-project.ts';
import { skip } from '../support/skip.ts';
import { sliceProject } from '../support/slices.ts';

const { signal } = new AbortController();

/** Ways out, as bodies of tests that pass where they work. */
function hostileAttempts(outside: string, port: number): Readonly<Record<string, string>> {
  const file = (name: string) => JSON.stringify(join(outside, name));
  const use = (name: string) => `const m = process.getBuiltinModule('node:${name}');`;
  return {
    reads: `${use('fs')} throw new Error(m.readFileSync(${file('secret.txt')}, 'utf8'));`,
    imports: `const path: string = ${file('secret.txt')} + '?raw'; throw new Error((await import(path)).default);`,
    lists: `${use('fs')} m.readdirSync(${JSON.stringify(outside)});`,
    writes: `${use('fs')} m.writeFileSync(${file('written')}, '1');`,
    changes: `${use('fs')} m.writeFileSync('package.json', '{}');`,
    spawns: `${use('child_process')} m.execFileSync(process.execPath, ['-e', 'require("node:fs").writeFileSync(' + JSON.stringify(${file('spawned')}) + ', "1")']);`,
    threads: `${use('worker_threads')} new m.Worker('require("node:fs").writeFileSync(' + JSON.stringify(${file('threaded')}) + ', "1")', { eval: true });`,
    attaches: `${use('sqlite')} new m.DatabaseSync(':memory:').exec("attach database '" + ${file('attached')} + "' as x; create table x.a (b)");`,
    connects: `${use('net')} await new Promise((resolve, reject) => m.connect(${port}, '127.0.0.1').on('connect', resolve).on('error', reject));`,
    fetches: `await fetch('http://127.0.0.1:${port}').catch((error) => { if (error.cause?.code !== 'UND_ERR_SOCKET') throw error; });`,
    requests: `${use('http')} await new Promise((resolve, reject) => m.get('http://127.0.0.1:${port}').on('error', (error) => String(error).includes('hang up') ? resolve(error) : reject(error)));`,
    'looks up': `${use('dns/promises')} await m.lookup('localhost');`,
    broadcasts: `${use('dgram')} m.createSocket('udp4').send('x', ${port}, '127.0.0.1');`,
    listens: `${use('http')} await new Promise((resolve) => m.createServer().listen(0, () => resolve(1)));`,
    signals: 'process.kill(process.ppid, 0);',
    inspects: `${use('inspector')} new m.Session().connect();`,
  };
}

describe('Checking slices with the tools of the stack', function () {
  this.timeout(600_000);
  let place: CheckingPlace;
  let checker: NodeSliceChecker;
  let seconds = 0;

  before(async function () {
    place = await CheckingPlace.create();
    checker = place.checker();
    const { project } = await renderSlices('crm');
    const { checks, why } = await checker.prepare(project, { signal, say: () => {} });
    if (checks.length > 0) return;
    assert.match(String(why), /registry could not be reached/);
    skip(this, String(why));
  });
  after(async () => {
    await checker.dispose();
    await place.remove();
  });

  async function check(
    name: 'crm' | 'portfolio',
    change?: (slice: Slice) => Slice,
    by = checker,
  ): Promise<readonly SliceProblem[]> {
    const { project, slices } = await renderSlices(name, change);
    const start = performance.now();
    const { problems } = await by.check(project, slices, { signal });
    seconds = (performance.now() - start) / 1000;
    return problems;
  }

  it('accepts a good one', async () => {
    assert.deepEqual(await check('crm'), []);
    console.log(`      ${seconds.toFixed(1)} s`);
  });

  it('accepts the one that models are shown', async () => {
    const { project, slice } = exampleProject();
    const { problems, checks } = await checker.check(project, [slice], { signal });
    assert.deepEqual([problems, checks], [[], projectChecks]);
  });

  it('finds a wrong type, a broken rule, a test that fails, and one that waits for ever, each at its place', async () => {
    const problems = await check('crm', (slice) =>
      withAdded(slice, {
        [slice.plan.screenFile]: "export const wrong: number = 'text';\n",
        [slice.plan.sharedFile]: 'export function same(a: unknown) { return a == 1; }\n',
        [slice.plan.serverFile]: `export function ${slice.plan.routesExport}Other() { return 1; }\n`,
        [slice.plan.serverTestFile]: `
it('adds', () => { expect(1 + 1).toBe(3); });
it('sees no secrets', () => { expect(Object.keys(process.env).filter((name) => /KEY|TOKEN|SECRET/.test(name))).toEqual([]); });
`,
        [slice.plan.clientTestFile]: `
it('waits', async () => { await new Promise(() => {}); expect(1).toBe(1); }, 500);
`,
      }),
    );
    const said = (path: string, kind: SliceProblem['check']) =>
      problems.filter((problem) => problem.check === kind && problem.path === path);
    const { plans } = await sliceProject('crm');
    const [plan] = plans;
    assert.ok(plan);
    const [type] = said(plan.screenFile, 'types');
    assert.match(String(type?.message), /Type 'string' is not assignable to type 'number'/);
    assert.ok(Number(type?.line) > 1);
    assert.match(String(said(plan.sharedFile, 'lint')[0]?.message), /== may be unsafe/);
    assert.match(String(said(plan.serverTestFile, 'tests')[0]?.message), /"adds" fails: expected 2 to be 3/);
    assert.match(String(said(plan.clientTestFile, 'tests')[0]?.message), /"waits" fails: Test timed out/);
    assert.equal(problems.length, 4, JSON.stringify(problems, null, 2));
    assert.ok(
      problems.every(({ message }) => !message.includes(tmpdir())),
      'no folder of this machine',
    );
  });

  it('has the linter mend what does not change what code does, and nothing else', async () => {
    const added =
      '\nexport function twice(value: number) {\n  let doubled = value * 2;\n  return doubled == 4 ? doubled : value;\n}\n';
    const { project, slices } = await renderSlices('crm', (slice) =>
      withAdded(slice, { [slice.plan.sharedFile]: added }),
    );
    const fixed = await checker.fix(project, slices, { signal });
    assert.deepEqual(
      fixed.map(({ path }) => path),
      slices.map(({ plan }) => plan.sharedFile),
    );
    const before = slices[0]?.files.find(({ path }) => path === fixed[0]?.path)?.content;
    assert.equal(fixed[0]?.content, before?.replace('let doubled', 'const doubled'));
    assert.deepEqual(
      (await checker.check(project, slices, { signal })).problems.map(({ check: kind }) => kind),
      ['lint'],
      'the next check is of what it is given',
    );
  });

  it('finds what breaks a screen of the application on which a slice stands', async () => {
    const problems = await check('crm', (slice) => ({
      ...slice,
      files: slice.files.map(({ path, content }) => ({
        path,
        content: path.endsWith('/latest-call.tsx')
          ? content.replace('messageOf(calls.error)', 'messageOf(calls.error).repeat(-1)')
          : content,
      })),
    }));
    assert.match(problems[0]?.message ?? '', /^In tests\/client\/screens\/contact-screens\.test\.tsx/);
    assert.equal(problems[0]?.path, undefined);
  });

  it('ends tests that never end, tells which, and runs the others, in a smaller project without another install', async () => {
    const before = await readdir(join(place.cacheDir, 'stacks'));
    const asksBefore = place.asked;
    const { project } = await renderSlices('portfolio');
    assert.equal((await checker.prepare(project, { signal, say: () => {} })).why, undefined);
    assert.deepEqual(await readdir(join(place.cacheDir, 'stacks')), before);
    assert.equal(place.asked, asksBefore);

    const { plans } = await sliceProject('portfolio');
    const [spinning, failing] = plans;
    assert.ok(spinning && failing);
    const impatient = place.checker({ limits: { silence: 20_000, test: 10_000 } });
    assert.equal((await impatient.prepare(project, { signal, say: () => {} })).why, undefined);
    const change = (slice: Slice): Slice => {
      const code =
        slice.plan.slug === spinning.slug
          ? "\nit('spins', () => { for (;;) expect(1).toBe(1); });\n"
          : "\nit('fails', () => { expect(1).toBe(2); });\n";
      return withAdded(slice, { [slice.plan.clientTestFile]: code });
    };
    const problems = await check('portfolio', change, impatient).finally(() => impatient.dispose());
    const found = problems.map(({ path, message }) => `${path}: ${message.split('.')[0]}`).sort();
    assert.deepEqual(
      found.map((line) =>
        line
          .split(': ')
          .slice(0, 2)
          .join(': ')
          .replace(/ fails$/, ''),
      ),
      [
        `${failing.clientTestFile}: The test "fails"`,
        `${spinning.clientTestFile}: The tests of this file do not end`,
      ].sort(),
      JSON.stringify(problems, null, 2),
    );
  });

  it('shuts tests in: they read and write nothing outside, start nothing and reach nobody', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'takoss-outside-'));
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      await writeFile(join(outside, 'secret.txt'), 'the-secret-of-the-user');
      const attempts = hostileAttempts(outside, (server.address() as AddressInfo).port);
      const code = Object.entries(attempts).map(
        ([name, body]) => `it('${name}', async () => { ${body} expect(1).toBe(1); });`,
      );
      const { plans } = await sliceProject('portfolio');
      const plan = plans.find(({ slug }) => slug === 'opening-hours');
      assert.ok(plan);
      const hostile = `\n${code.join('\n')}\n`;
      const problems = await check('portfolio', (slice) =>
        slice.plan.slug === plan.slug
          ? withAdded(slice, { [plan.serverTestFile]: hostile, [plan.clientTestFile]: hostile })
          : slice,
      );
      console.log(`      ${seconds.toFixed(1)} s`);
      for (const path of [plan.serverTestFile, plan.clientTestFile]) {
        const failed = problems.filter((problem) => problem.path === path && problem.check === 'tests');
        const missing = Object.keys(attempts).filter((name) =>
          failed.every(({ message }) => !message.startsWith(`The test "${name}" fails`)),
        );
        assert.deepEqual(
          missing,
          [],
          `of ${path}, these were not stopped: ${JSON.stringify(problems.map(({ path: p, message }) => [p, message.slice(0, 300)]))}`,
        );
      }
      assert.equal(connections, 0);
      assert.deepEqual(await readdir(outside), ['secret.txt']);
      assert.ok(problems.every(({ message }) => !message.includes('the-secret-of-the-user')));
    } finally {
      server.close();
      await rm(outside, { recursive: true, force: true });
    }
  });

  it('tells which file no disk takes, and checks the next slice as ever', async () => {
    const { plans } = await sliceProject('portfolio');
    const [plan] = plans;
    assert.ok(plan);
    const twin = `${plan.screenFile}/part.tsx`;
    const problems = await check('portfolio', (slice) =>
      slice.plan.slug === plan.slug ? withAdded(slice, { [twin]: 'export {};\n' }) : slice,
    );
    assert.deepEqual(
      problems.map((problem) => [problem.check, problem.path]),
      [['syntax', twin]],
    );
    assert.deepEqual(await check('portfolio'), []);
  });

  it('stops at once when the run is cancelled', async () => {
    const { project, slices } = await renderSlices('crm');
    const controller = new AbortController();
    const running = checker.check(project, slices, { signal: controller.signal });
    setTimeout(() => controller.abort(), 700);
    const start = performance.now();
    await assert.rejects(running, { code: 'cancelled' });
    assert.ok(performance.now() - start < 20_000);
  });

  it('leaves nothing but the packages', async () => {
    const own = await mkdtemp(join(tmpdir(), 'takoss-checks-'));
    try {
      await checker.dispose();
      const left = existsSync(join(place.cacheDir, 'checks')) ? await readdir(join(place.cacheDir, 'checks')) : [];
      assert.deepEqual(left, []);
      const declined = new NodeSliceChecker({ cacheDir: own, consent: () => Promise.resolve(false) });
      const { project } = await renderSlices('crm');
      assert.match(String((await declined.prepare(project, { signal, say: () => {} })).why), /as you chose/);
      await declined.dispose();
      assert.deepEqual(await readdir(own), []);
    } finally {
      await rm(own, { recursive: true, force: true });
    }
  });
});
