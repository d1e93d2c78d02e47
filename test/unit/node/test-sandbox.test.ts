import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../../../src/node/run-program.ts';
import { permissionFlag, sandboxArguments, sandboxRecord } from '../../../src/node/test-sandbox.ts';

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

  /** What code says in a process that is started as Vitest starts those for tests. */
  async function inWorker(level: 'full' | 'guard', code: string): Promise<string> {
    const sandbox = sandboxArguments(level, process.versions.node, place());
    assert.ok(sandbox);
    for (const { name, content } of sandbox.files) await writeFile(join(folder, 'scratch', name), content);
    await writeFile(
      join(folder, 'project/worker.mjs'),
      `const use = process.getBuiltinModule;\n${code}\nprocess.exit();`,
    );
    const runner = join(folder, 'project/runner.mjs');
    await writeFile(
      runner,
      `import { fork } from 'node:child_process';
fork(${JSON.stringify(join(folder, 'project/worker.mjs'))}, [], { execArgv: ['--no-warnings'] });`,
    );
    const { output } = await runProgram(process.execPath, ['--no-warnings', ...sandbox.nodeArguments, runner], {
      folder: join(folder, 'project'),
      environment: {},
      signal: new AbortController().signal,
      limitMs: 20_000,
    });
    return output;
  }

  it('goes by the version of Node', () => {
    const flags = ['18.20.0', '20.19.0', '22.12.0', '22.13.0', '23.4.0', '23.5.0', '24.0.0', '26.1.0'].map(
      permissionFlag,
    );
    const [experiment, settled] = ['--experimental-permission', '--permission'];
    assert.deepEqual(flags, [undefined, experiment, experiment, settled, experiment, settled, settled, settled]);
    assert.equal(permissionFlag(undefined), undefined);
    assert.equal(sandboxArguments('full', '18.20.0', place()), undefined);
    assert.equal(sandboxArguments('workers', undefined, place()), undefined);
    assert.ok(sandboxArguments('guard', undefined, place()));
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

  it('is remembered for an install and a Node', async () => {
    const { packages } = place();
    assert.equal(await sandboxRecord(packages, '24.0.0').read(), undefined);
    await sandboxRecord(packages, '24.0.0').write('full');
    assert.equal(await sandboxRecord(packages, '24.0.0').read(), 'full');
    assert.equal(await sandboxRecord(packages, '24.1.0').read(), undefined);
    const [name] = await readdir(packages);
    await writeFile(join(packages, String(name)), 'everything');
    assert.equal(await sandboxRecord(packages, '24.0.0').read(), undefined);
  });
});
