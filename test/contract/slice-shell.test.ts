import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RenderedProject } from '../../src/core/rendered-project.ts';
import { projectChecks } from '../../src/core/slice-outcome.ts';
import type { Slice } from '../../src/core/slices.ts';
import type { NodeSliceChecker } from '../../src/node/node-slice-checker.ts';
import { CheckingPlace, renderSlices, withAdded } from '../support/checking.ts';
import { sliceProject } from '../support/slices.ts';

const { signal } = new AbortController();
const secret = 'the-secret-of-the-user';

/** A place outside of everything that a check may touch, and a server that counts who comes. */
class Outside {
  readonly folder: string;
  readonly server: Server;
  connections = 0;

  private constructor(folder: string) {
    this.folder = folder;
    this.server = createServer((socket) => {
      this.connections += 1;
      socket.destroy();
    });
  }

  static async create(): Promise<Outside> {
    const outside = new Outside(await mkdtemp(join(tmpdir(), 'takoss-outside-')));
    await writeFile(join(outside.folder, 'secret.txt'), secret);
    await writeFile(join(outside.folder, 'secret.ts'), `export const colour = 'text-[${secret}]';\n`);
    await new Promise<void>((resolve) => outside.server.listen(0, '127.0.0.1', resolve));
    return outside;
  }

  file(name: string): string {
    return JSON.stringify(join(this.folder, name));
  }

  /** Fails if anything was written here or anybody came. */
  async assertUntouched(): Promise<void> {
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
      `use('v8').writeHeapSnapshot(${this.file('heap')});`,
    ];
    const tries = bodies.map((body) => `try { ${body} } catch {}`).join('\n');
    return `const use = (name: string): any => process.getBuiltinModule('node:' + name);\n${tries}\n`;
  }
}

describe('The shell around checks', function () {
  this.timeout(300_000);
  let place: CheckingPlace;
  let checker: NodeSliceChecker;
  let outside: Outside;

  before(async function () {
    place = await CheckingPlace.create();
    checker = place.checker();
    const { project } = await renderSlices('portfolio');
    const { checks, why } = await checker.prepare(project, { signal, say: () => {} });
    if (checks.length === 0) {
      assert.match(String(why), /registry could not be reached/);
      console.log(`      skipped: ${why}`);
      this.skip();
    }
    assert.deepEqual([checks, why], [projectChecks, undefined]);
  });
  beforeEach(async () => {
    outside = await Outside.create();
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
  ) {
    const { plans } = await sliceProject('portfolio');
    const plan = plans.find(({ slug }) => slug === 'opening-hours');
    assert.ok(plan);
    const { project, slices } = await renderSlices('portfolio', (slice) =>
      slice.plan.slug === plan.slug ? withAdded(slice, code(slice)) : slice,
    );
    return (await checker.check(change(project), slices, { signal })).problems;
  }

  it('keeps Vitest from running a file of a slice as a plugin of its styles', async () => {
    const problems = await check(({ plan }) => {
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
    assert.doesNotMatch(text, new RegExp(secret));
    assert.doesNotMatch(text, /--tw|@layer|\.text-/, 'styles were made');
  });

  it('shuts Vitest itself in as it does what it starts', async () => {
    await check(
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
  });
});
