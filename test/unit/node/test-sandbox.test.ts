import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runProgram } from '../../../src/node/run-program.ts';
import { sandboxRecord } from '../../../src/node/sandbox-record.ts';
import { permissionFlag, type SandboxLevel, sandboxArguments } from '../../../src/node/test-sandbox.ts';

describe('The sandbox of tests', function () {
  this.timeout(180_000);
  let folder: string;

  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'takoss-sandbox-')));
    for (const name of ['project', 'packages', 'scratch']) await mkdir(join(folder, name));
    await writeFile(join(folder, 'outside.txt'), 'outside');
    await writeFile(join(folder, 'project/inside.txt'), 'inside');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const place = () => ({
    project: join(folder, 'project'),
    packages: join(folder, 'packages'),
    scratch: join(folder, 'scratch'),
  });

  const workerFile = () => join(folder, 'packages/node_modules/vitest/dist/workers/forks.js');

  /** What code says that runs where Vitest runs, with what Vitest is given. */
  async function inRunner(level: SandboxLevel, code: string): Promise<string> {
    const sandbox = sandboxArguments(level, process.versions.node, place(), []);
    assert.ok(sandbox);
    for (const path of [...sandbox.files.map((file) => file.path), join(folder, 'scratch/out/x'), workerFile()])
      await mkdir(dirname(path), { recursive: true });
    for (const { path, content } of sandbox.files) await writeFile(path, content);
    const runner = join(folder, 'project/runner.mjs');
    await writeFile(runner, code);
    const { output } = await runProgram(process.execPath, ['--no-warnings', ...sandbox.nodeArguments, runner], {
      folder: join(folder, 'project'),
      environment: { NODE_OPTIONS: '', SECRET: 'secret' },
      signal: new AbortController().signal,
      limitMs: 60_000,
    });
    return output;
  }

  /** What code says in a process that is started as Vitest starts those for tests. `answers` is what the runner does with messages. */
  async function inWorker(level: SandboxLevel, code: string, answers = ''): Promise<string> {
    await mkdir(dirname(workerFile()), { recursive: true });
    await writeFile(
      workerFile(),
      `const use = process.getBuiltinModule;\n(async () => {\n${code}\n})().then(() => process.exit());`,
    );
    return await inRunner(
      level,
      `import { fork } from 'node:child_process';
const child = fork(${JSON.stringify(workerFile())}, ['more'], { execArgv: ['--no-warnings', '--allow-fs-write=*'], env: { ...process.env, NODE_OPTIONS: '--no-warnings' } });
child.stdout.pipe(process.stdout);
child.stderr.pipe(process.stderr);
${answers}`,
    );
  }

  it('goes by the version of Node', () => {
    const flags = ['18.20.0', '20.19.0', '22.12.0', '22.13.0', '23.4.0', '23.5.0', '24.0.0', '26.1.0'].map(
      permissionFlag,
    );
    const [experiment, settled] = ['--experimental-permission', '--permission'];
    assert.deepEqual(flags, [undefined, experiment, experiment, settled, experiment, settled, settled, settled]);
    assert.equal(permissionFlag(undefined), undefined);
    assert.equal(sandboxArguments('full', '18.20.0', place(), []), undefined);
    assert.equal(sandboxArguments('workers', undefined, place(), []), undefined);
    assert.ok(sandboxArguments('guard', undefined, place(), []));
  });

  it('gives nothing of what the runner of the tests may do to those who run them', async () => {
    const said = await inWorker(
      'full',
      `for (const name of ['fs.write', 'child', 'worker', 'addon', 'net']) console.log(name, process.permission.has(name));
console.log(use('fs').readFileSync('inside.txt', 'utf8'));
try { console.log(use('fs').readFileSync('../outside.txt', 'utf8')); } catch (error) { console.log(error.code); }`,
    );
    assert.match(
      said,
      /fs\.write false\nchild false\nworker false\naddon false\nnet false\ninside\nERR_ACCESS_DENIED\n/,
    );
  });

  it('takes away what permissions do not cover, so that nothing brings it back', async () => {
    const said = await inWorker(
      'guard',
      `const tries = {
  connect: () => use('net').connect(9, '127.0.0.1'),
  socket: () => new (use('net').Socket)().connect(9, '127.0.0.1'),
  prototype: () => { const { prototype } = use('net').Socket; Reflect.deleteProperty(prototype, 'connect'); Reflect.set(prototype, 'connect', 1); new (use('net').Socket)().connect(9, '127.0.0.1'); },
  handle: () => { const { _parent } = new (use('tls').TLSSocket)()._handle; _parent.connect({}, '127.0.0.1', 9); },
  listen: () => use('http').createServer().listen(0),
  dgram: () => use('dgram').createSocket('udp4'),
  dns: () => use('dns').lookup('localhost', () => {}),
  resolver: () => new (use('dns').promises.Resolver)().resolve4('localhost'),
  spawn: () => use('child_process').spawnSync(process.execPath),
  worker: () => new (use('worker_threads').Worker)('1', { eval: true }),
  binding: () => process.binding('tcp_wrap'),
  kill: () => process.kill(process.ppid, 0),
  debug: () => process._debugProcess(process.ppid),
  natives: () => use('v8').setFlagsFromString('--allow-natives-syntax'),
};
for (const [name, attempt] of Object.entries(tries)) {
  try { attempt(); console.log('PASSED', name); } catch (error) { console.log('refused', name, error.code); }
}
const { connect } = await import('node:net');
try { connect(9); } catch (error) { console.log('refused import', error.code); }
await fetch('http://127.0.0.1:49151').catch((error) => console.log('refused fetch', error.cause?.code));`,
    );
    assert.doesNotMatch(said, /PASSED/);
    assert.equal(said.match(/^refused \w+ ERR_ACCESS_DENIED$/gm)?.length, 16, said);
  });

  it('starts nothing but the program that runs tests, with arguments and an environment of its own', async () => {
    const said = await inWorker(
      'full',
      'console.log(JSON.stringify([process.argv.slice(2), process.execArgv.filter((name) => /no-warnings|=\\*/.test(name)), process.env.SECRET, process.env.NODE_OPTIONS]));',
    );
    assert.equal(said.trim(), '[[],[],null,null]');
    await writeFile(join(folder, 'packages/evil.node'), '');
    const refused = await inRunner(
      'full',
      `import childProcess from 'node:child_process';
import { createRequire } from 'node:module';
const { fork, spawn, spawnSync, exec, execFile } = childProcess;
const own = ${JSON.stringify(workerFile())};
const child = fork(own);
child.kill('SIGKILL');
const ChildProcess = child.constructor;
const options = { file: process.execPath, args: ['node', '--version'], stdio: 'ignore' };
const tries = {
  spawn: () => spawn(process.execPath),
  spawnSync: () => spawnSync(process.execPath),
  exec: () => exec('exit'),
  execFile: () => execFile(process.execPath),
  fork: () => fork(${JSON.stringify(join(folder, 'project/runner.mjs'))}),
  beside: () => fork(own + '/../other.js'),
  replaced: () => { childProcess.fork = spawn; childProcess.fork(process.execPath); },
  defined: () => { Object.defineProperty(ChildProcess.prototype, 'spawn', { value: 1 }); new ChildProcess().spawn(options); },
  named: () => new childProcess.ChildProcess(),
  klass: () => new ChildProcess().spawn(options),
  handle: () => new ChildProcess()._handle.spawn(options),
  kind: () => new (new ChildProcess()._handle.constructor)().spawn(options),
  addon: () => process.dlopen({ exports: {} }, ${JSON.stringify(join(folder, 'packages/evil.node'))}),
  required: () => createRequire(import.meta.url)(${JSON.stringify(join(folder, 'packages/evil.node'))}),
  thread: () => new (process.getBuiltinModule('worker_threads').Worker)('1', { eval: true }),
  kill: () => process.kill(process.ppid, 0),
  write: () => process.getBuiltinModule('fs').writeFileSync('inside.txt', ''),
};
for (const [name, attempt] of Object.entries(tries)) {
  try { attempt(); console.log('PASSED', name); } catch (error) { console.log('refused', name, error.code ?? error.message); }
}`,
    );
    assert.doesNotMatch(refused, /PASSED/);
    assert.match(refused, /refused required ERR_ACCESS_DENIED/);
    const byWall = refused.match(/^refused \w+ ERR_ACCESS_DENIED$/gm)?.length;
    // These two fail by themselves: what is fixed cannot be replaced.
    assert.match(refused, /refused replaced Cannot assign/);
    assert.match(refused, /refused defined Cannot redefine/);
    assert.equal(byWall, 15, refused);
  });

  it('ends a process that tells the runner too much, before the runner reads it', async () => {
    const said = await inWorker(
      'full',
      "process.send({ t: 's', i: '1' }); process.send({ t: 's', e: ['x'.repeat(9_000_000)] }); await new Promise(() => {});",
      "child.on('message', (message) => console.log('got', JSON.stringify(message).length)); child.on('exit', (code) => console.log('exit', code));",
    );
    assert.deepEqual(said.trim().split('\n'), ['got 17', 'exit 1']);
    const report = await readFile(join(folder, 'scratch/out/report.jsonl'), 'utf8');
    assert.equal(report, '{"kind":"ended","reason":"output"}\n');
  });

  it('has the runner asked for nothing but modules of the project and its packages as they stand', async () => {
    await mkdir(join(folder, 'project/src'));
    await writeFile(join(folder, 'project/src/a.ts'), '');
    const { project, packages } = place();
    const asked: readonly (readonly [id: string, importer: string | undefined, isMeant: boolean])[] = [
      ['/src/a.ts', undefined, true],
      [`${project}/src/a.ts`, undefined, true],
      [`${project}/src/a.ts?t=17000`, undefined, false],
      [`file://${packages}/node_modules/react/index.js`, undefined, true],
      [`/@fs/${packages}/node_modules/react/index.js`, undefined, true],
      [`/@fs/${packages}/node_modules/react/index.js?v=1a2b`, undefined, false],
      [`/@fs${project}/src/a.ts`, undefined, true],
      ['react/jsx-dev-runtime', undefined, true],
      ['@scope/name', undefined, true],
      ['#internal', undefined, true],
      ['node:fs/promises', undefined, true],
      ['./a.ts', `${project}/src/b.ts`, true],
      ['../../outside.txt', `${project}/src/b.ts`, false],
      ['./a.ts', undefined, false],
      ['/src/a.ts?raw', undefined, false],
      ['/src/a.ts?url', undefined, false],
      ['/src/a.ts?inline', undefined, false],
      ['/src/a.ts?x&lang.css', undefined, false],
      ['/src/a.ts?v=1&lang.css', undefined, false],
      ['/src/a.ts?v=1#.css', undefined, false],
      ['/src/a.ts?index=0.css', undefined, false],
      ['/src/a.ts?.css', undefined, false],
      ['/src/a.ts?worker', undefined, false],
      ['/src/a.ts%3Fraw', undefined, false],
      ['/src/a.ts#raw', undefined, false],
      [join(folder, 'outside.txt'), undefined, false],
      [`/@fs${join(folder, 'outside.txt')}`, undefined, false],
      [`/@fs///${join(folder, 'outside.txt')}`, undefined, false],
      [`file://${join(folder, 'outside.txt')}`, undefined, false],
      [`${project}/../outside.txt`, undefined, false],
      ['/../outside.txt', undefined, false],
      ['react/../../../outside.txt', undefined, false],
      [`/@id/${join(folder, 'outside.txt')}`, undefined, false],
      [`${project}-beside/a.ts`, undefined, false],
    ];
    const said = await inWorker(
      'full',
      `const asked = ${JSON.stringify(asked)};
for (const [index, [id, importer]] of asked.entries()) process.send({ t: 'q', m: 'fetch', i: String(index), a: [id, importer ?? undefined, 'ssr', {}] });
const { length } = asked;
for (const [index, method] of ['onTaskArtifactRecord', 'transform', 'ensureModuleGraphEntry', 'constructor', 'onCancel', '$call'].entries()) process.send({ t: 'q', m: method, i: String(length + index), a: ['x'] });
process.send({ t: 'q', m: 'fetch', i: 'environment', a: ['/src/a.ts', undefined, 'other', {}] });
process.send({ t: 'q', m: 'onCollected', i: 'last', a: [[]] });
process.send('text');
await new Promise((resolve) => process.on('message', (message) => { if (message === 'end') resolve(); }));`,
      `const got = [];
child.on('message', ({ i }) => { got.push(i); if (i === 'last') { console.log(JSON.stringify(got)); child.send('end'); } });`,
    );
    const expected = asked.flatMap(([, , isMeant], index) => (isMeant ? [String(index)] : []));
    assert.deepEqual(JSON.parse(said), [...expected, 'last']);
  });

  it('keeps Node from writing reports where a test says', async () => {
    const said = await inWorker(
      'full',
      `const { report } = process;
for (const name of ['directory', 'filename', 'reportOnFatalError']) { try { report[name] = name === 'directory' ? ${JSON.stringify(folder)} : 'x'; console.log('set', name, report[name]); } catch { console.log('refused'); } }
try { report.writeReport('there.json'); console.log('PASSED'); } catch (error) { console.log(error.code); }`,
    );
    assert.doesNotMatch(said, /PASSED|set \w+ [x/t]/);
    assert.match(said, /ERR_ACCESS_DENIED/);
    assert.deepEqual((await readdir(folder)).sort(), ['outside.txt', 'packages', 'project', 'scratch']);
  });

  it('ends before anything runs where a Node does not heed the permissions', async () => {
    const sandbox = sandboxArguments('full', process.versions.node, place(), []);
    assert.ok(sandbox);
    for (const { path, content } of sandbox.files) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
      const { output } = await runProgram(
        process.execPath,
        [`--import=${pathToFileURL(path).href}`, '-e', 'console.log(1)'],
        {
          folder,
          environment: {},
          signal: new AbortController().signal,
          limitMs: 60_000,
        },
      );
      assert.match(output, /permissions of Node\.js are not in force[\s\S]*ERR_ACCESS_DENIED/);
      assert.doesNotMatch(output, /^1$/m);
    }
  });

  it('is remembered for an install and a Node', async () => {
    const { packages } = place();
    const node = { command: '/bin/node', version: '24.0.0' };
    assert.equal(await sandboxRecord(packages, node).read(), undefined);
    await sandboxRecord(packages, node).write('full');
    assert.equal(await sandboxRecord(packages, node).read(), 'full');
    assert.equal(await sandboxRecord(packages, { ...node, version: '24.1.0' }).read(), undefined);
    assert.equal(await sandboxRecord(packages, { ...node, command: '/opt/node' }).read(), undefined);
    const [name] = await readdir(packages);
    await writeFile(join(packages, String(name)), 'everything');
    assert.equal(await sandboxRecord(packages, node).read(), undefined);
  });
});
