import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RenderedProject } from '../../src/core/rendered-project.ts';
import { projectChecks } from '../../src/core/slice-outcome.ts';
import type { Slice, SliceProblem } from '../../src/core/slices.ts';
import type { NodeSliceChecker } from '../../src/node/node-slice-checker.ts';
import { CheckingPlace, renderSlices, withAdded } from '../support/checking.ts';
import { findNode20 } from '../support/node-20.ts';
import { skip } from '../support/skip.ts';
import { sliceProject } from '../support/slices.ts';

const { signal } = new AbortController();
const secret = 'the-secret-of-the-user';

/** A place outside of everything that a check may touch, and a server that counts who comes. */
class Outside {
  readonly folder: string;
  readonly server: Server;
  connections = 0;

  /** What would be there for later checks. */
  readonly #poison: string;

  private constructor(folder: string, packages: string) {
    this.folder = folder;
    this.#poison = join(packages, 'poison');
    this.server = createServer((socket) => {
      this.connections += 1;
      socket.destroy();
    });
  }

  static async create(packages: string): Promise<Outside> {
    const outside = new Outside(await mkdtemp(join(tmpdir(), 'takoss-outside-')), packages);
    await writeFile(join(outside.folder, 'secret.txt'), secret);
    await writeFile(join(outside.folder, 'secret.ts'), `export const colour = 'text-[${secret}]';\n`);
    await new Promise<void>((resolve) => outside.server.listen(0, '127.0.0.1', resolve));
    return outside;
  }

  file(name: string): string {
    return JSON.stringify(join(this.folder, name));
  }

  /** Fails if anything was written here or into the packages, or anybody came. */
  async assertUntouched(): Promise<void> {
    assert.equal(existsSync(this.#poison), false, 'something was put beside the packages');
    assert.deepEqual((await readdir(this.folder)).sort(), ['secret.ts', 'secret.txt']);
    assert.equal(this.connections, 0, 'somebody connected');
  }

  async remove(): Promise<void> {
    this.server.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Statements that try every way out and go on after each: what works leaves something here. */
  attempts(): string {
    const port = (this.server.address() as AddressInfo).port;
    const marks = (name: string) => `require("node:fs").writeFileSync(${this.file(name).replaceAll('"', "'")}, "1")`;
    const bodies = [
      `use('fs').writeFileSync(${this.file('written')}, '1');`,
      `use('fs').writeFileSync(${this.file('read')}, use('fs').readFileSync(${this.file('secret.txt')}));`,
      `use('child_process').execFileSync(process.execPath, ['-e', ${JSON.stringify(marks('spawned'))}]);`,
      `use('child_process').execSync('echo 1 > ' + ${this.file('shell')});`,
      `use('child_process').fork(process.argv[1], [], { execPath: '/bin/sh', execArgv: ['-c', 'echo 1 > ' + ${this.file('forked')}] });`,
      `use('child_process').fork(${this.file('secret.ts')}, [], { execArgv: ['-e', ${JSON.stringify(marks('forked'))}] });`,
      `const child = new (use('child_process').ChildProcess)(); child.spawn({ file: '/bin/sh', args: ['sh', '-c', 'echo 1 > ' + ${this.file('prototype')}], stdio: 'inherit' });`,
      `const { _handle } = new (use('child_process').ChildProcess)(); _handle.spawn({ file: '/bin/sh', args: ['sh', '-c', 'echo 1 > ' + ${this.file('handle')}], stdio: [] });`,
      `new (use('worker_threads').Worker)(${JSON.stringify(marks('threaded'))}, { eval: true });`,
      `new (use('sqlite').DatabaseSync)(':memory:').exec("attach database '" + ${this.file('attached')} + "' as x; create table x.a (b)");`,
      `use('net').connect(${port}, '127.0.0.1').on('error', () => {});`,
      `use('http').get('http://127.0.0.1:${port}').on('error', () => {});`,
      `fetch('http://127.0.0.1:${port}').catch(() => {});`,
      `process.report.directory = ${this.file('')}; process.report.writeReport('report');`,
      `use('fs').mkdirSync('node_modules/.vite', { recursive: true });`,
      `use('fs').writeFileSync('node_modules/.vite/poison', '1');`,
      `use('fs').writeFileSync(${JSON.stringify(this.#poison)}, '1');`,
      `process.kill(process.ppid, 'SIGKILL');`,
      `use('v8').writeHeapSnapshot(${this.file('heap')});`,
    ];
    const tries = bodies.map((body) => `try { ${body} } catch {}`).join('\n');
    return `const use = (name: string): any => process.getBuiltinModule('node:' + name);\n${tries}\n`;
  }
}

for (const [name, findCommand] of [
  ['this Node', () => Promise.resolve(process.execPath)],
  ['Node 20', findNode20],
] as const) {
  describe(`The shell around checks, on ${name}`, function () {
    this.timeout(1_200_000);
    let command: string;
    let place: CheckingPlace;
    let checker: NodeSliceChecker;
    let outside: Outside;

    before(async function () {
      const found = await findCommand();
      if (found === undefined) {
        skip(
          this,
          `${name} could not be had: the npm registry could not be reached. Run the tests again with a network.`,
        );
      }
      command = found;
      place = await CheckingPlace.create();
      checker = place.checker({ node: { command, environment: {} } });
      const { project } = await renderSlices('portfolio');
      const { checks, why } = await checker.prepare(project, { signal, say: () => {} });
      if (checks.length === 0) {
        assert.match(String(why), /registry could not be reached/);
        skip(this, String(why));
      }
      assert.deepEqual([checks, why], [projectChecks, undefined]);
    });
    beforeEach(async () => {
      const [stack] = await readdir(join(place.cacheDir, 'stacks'));
      outside = await Outside.create(join(place.cacheDir, 'stacks', String(stack), 'node_modules'));
    });
    afterEach(() => outside.remove());
    after(async () => {
      await checker.dispose();
      await place.remove();
    });

    /** Checks the portfolio with the files of one of its slices changed. */
    async function check(
      code: (slice: Slice) => Readonly<Record<string, string>>,
      change: (project: RenderedProject) => RenderedProject = (project) => project,
      by = checker,
    ) {
      const { plans } = await sliceProject('portfolio');
      const plan = plans.find(({ slug }) => slug === 'opening-hours');
      assert.ok(plan);
      const { project, slices } = await renderSlices('portfolio', (slice) =>
        slice.plan.slug === plan.slug ? withAdded(slice, code(slice)) : slice,
      );
      return await by.check(change(project), slices, { signal });
    }

    const testsOf = (problems: readonly SliceProblem[]) => problems.filter((problem) => problem.check === 'tests');

    it('keeps Vitest from running a file of a slice as a plugin of its styles', async () => {
      const { problems } = await check(({ plan }) => {
        const folder = plan.clientFolder;
        const fetch = (query: string) => `
  for (const environment of ['client', 'ssr', '__vitest__']) {
    const found = await worker.rpc.fetch('/${folder}palette.ts?${query}', undefined, environment, {}).catch((error: Error) => error.message);
    said.push(String(JSON.stringify(found)));
  }`;
        return {
          [`${folder}palette.ts`]: `export const palette = { ink: \`} @plugin "./tool.ts"; @source ${outside.file('secret.ts')}; @tailwind utilities; x{ a: b\` };\n`,
          [`${folder}tool.ts`]: `${outside.attempts()}export default () => {};\n`,
          [plan.clientTestFile]: `
it('asks the runner', async () => {
  const said: string[] = [];
  const worker = (globalThis as any).__vitest_worker__;${['a&lang.css', 'lang.css', 'index=0.css', '.css', 'inline&lang.css'].map(fetch).join('')}
  throw new Error(said.join('; '));
});
`,
        };
      });
      await outside.assertUntouched();
      const text = JSON.stringify(problems);
      assert.match(text, /may not ask the runner/);
      assert.doesNotMatch(text, new RegExp(secret));
      assert.doesNotMatch(text, /--tw|@layer|\.text-/, 'styles were made');
    });

    it('shuts Vitest itself in as it does what it starts', async () => {
      const { problems } = await check(
        () => ({}),
        (project) => ({
          ...project,
          files: project.files.map((file) =>
            file.path === 'vite.config.ts'
              ? { ...file, content: file.content.replace('export default', `${outside.attempts()}export default`) }
              : file,
          ),
        }),
      );
      await outside.assertUntouched();
      assert.deepEqual(testsOf(problems), [], 'Vitest goes on working');
    });

    it('lets tests write nothing that later checks would load', async () => {
      await check(({ plan }) => ({
        [plan.clientTestFile]: `\nit('tries', () => {\n${outside.attempts()}expect(1).toBe(1);\n});\n`,
        [plan.serverTestFile]: `\nit('tries', () => {\n${outside.attempts()}expect(1).toBe(1);\n});\n`,
      }));
      await outside.assertUntouched();
    });

    // Bounds do not depend on the version.
    if (name === 'this Node') {
      it('ends tests that say far too much, tells which, and runs the others', async () => {
        const { plans } = await sliceProject('portfolio');
        const plan = plans.find(({ slug }) => slug === 'opening-hours');
        assert.ok(plan);
        const { problems } = await check(() => ({
          [plan.serverTestFile]: `\nit('shouts', () => { throw new Error('x'.repeat(300_000_000)); });\n`,
          [plan.clientTestFile]: `\nit('is wrong', () => { expect(1).toBe(2); });\n`,
        }));
        const found = testsOf(problems).map(({ path, message }) => [path, message.split(/[,:]/)[0]]);
        assert.deepEqual(found.sort(), [
          [plan.clientTestFile, 'The test "is wrong" fails'],
          [plan.serverTestFile, 'The tests of this file say far too much'],
        ]);
        assert.ok(JSON.stringify(problems).length < 20_000);
      });

      it('ends tests that take too much memory, and tells which', async () => {
        const { problems } = await check(({ plan }) => ({
          [plan.serverTestFile]: `
  it('hoards', async () => {
    const blocks: Uint8Array[] = [];
    for (;;) { blocks.push(new Uint8Array(50_000_000).fill(1)); await new Promise((resolve) => setTimeout(resolve, 20)); }
  });
  `,
          [plan.clientTestFile]: `
  it('collects', () => { const list: unknown[] = []; for (;;) list.push(new Array(10_000).fill({})); });
  `,
        }));
        const found = testsOf(problems).map(({ path, message }) => `${path}: ${message}`);
        assert.equal(found.length, 2, JSON.stringify(problems));
        assert.match(found.join('\n'), /server.*(take more than 2\.5 GB of memory|used up its memory)/);
        assert.match(found.join('\n'), /client.*(take more than 2\.5 GB of memory|used up its memory)/);
      });
    }

    it('runs no tests where they cannot be shut in, but with the word of the user', async function () {
      if (process.platform === 'win32')
        skip(this, 'The stand-in for a Node is a shell script. Nothing is to be done on Windows.');
      // A Node that knows no permissions.
      const weak = join(outside.folder, 'weak-node');
      const filter =
        'for a in "$@"; do case "$a" in --permission|--experimental-permission|--allow-*) ;; *) set -- "$@" "$a";; esac; shift; done';
      await writeFile(weak, `#!/bin/sh\n${filter}\nexec ${JSON.stringify(command)} "$@"\n`);
      await chmod(weak, 0o700);
      const { project } = await renderSlices('portfolio');
      const marks = (slice: Slice) => ({
        [slice.plan.serverTestFile]: `\nit('is run', () => { expect(1).toBe(2); });\n`,
        [slice.plan.screenFile]: "export const wrong: number = 'text';\n",
      });
      const asked: string[] = [];
      for (const isAllowed of [false, true]) {
        const unconfinedTests = (why: string) => {
          asked.push(why);
          return Promise.resolve(isAllowed);
        };
        const shy = place.checker({ node: { command: weak, environment: {} }, unconfinedTests });
        try {
          const scope = await shy.prepare(project, { signal, say: () => {} });
          const result = await check(marks, undefined, shy);
          const kinds = [...new Set(result.problems.map((problem) => problem.check))];
          if (isAllowed) {
            assert.deepEqual([scope.checks, scope.why, kinds], [projectChecks, undefined, ['types', 'tests']]);
          } else {
            assert.deepEqual([scope.checks, result.checks, kinds], [['types', 'lint'], ['types', 'lint'], ['types']]);
            assert.match(String(result.why), /could not be shut in/);
          }
        } finally {
          await shy.dispose();
        }
      }
      assert.equal(asked.length, 2, 'asked once by each');
      await rm(weak);
    });
  });
}
