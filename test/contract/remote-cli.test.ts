import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { TakossError } from '../../src/core/errors.ts';
import { generationResultSchema, type StreamEvent } from '../../src/core/events.ts';
import type { Generation } from '../../src/core/ports.ts';
import { beginStream, FakeServer } from '../support/fake-server.ts';
import { aliceKey, TestServer, until, wishes } from '../support/test-server.ts';

const cli = resolve('dist/cli.js');

/** The command line as a process of its own, at work on a server. */
describe('command line with --engine remote', function () {
  this.timeout(180_000);
  let folder = '';
  let server: TestServer;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'takoss remote '));
    server = await TestServer.start();
  });
  afterEach(async () => {
    await server.remove();
    await rm(folder, { recursive: true, force: true });
  });

  function start(endpoint: string, args: readonly string[] = [], token: string | undefined = aliceKey) {
    const child = spawn(
      process.execPath,
      [
        cli,
        'generate',
        '--name',
        'Blog',
        '--requirements',
        wishes,
        '--engine',
        'remote',
        '--endpoint',
        endpoint,
        ...args,
      ],
      { cwd: folder, env: { ...process.env, TAKOSS_TOKEN: token }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const outcome = { code: -1, stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (outcome.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (outcome.stderr += text));
    const ended = once(child, 'close').then(([code]) => ({ ...outcome, code: Number(code) }));
    return { child, outcome, ended };
  }

  /** Everything below a folder, as text by path. */
  async function contents(name: string): Promise<Record<string, string>> {
    const entries = await readdir(join(folder, name), { recursive: true, withFileTypes: true });
    const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    const texts = await Promise.all(
      paths.sort().map(async (path) => [path.slice(join(folder, name).length), await readFile(path, 'utf8')]),
    );
    return Object.fromEntries(texts);
  }

  /** Passes connections on, and cuts the first few after so many bytes of an answer. */
  async function cuttingProxy(cuts: number[]): Promise<{ url: string; proxy: Server }> {
    const target = Number(new URL(server.url).port);
    const proxy = createServer((client) => {
      const upstream = connect(target, '127.0.0.1');
      const limit = cuts.shift() ?? Number.POSITIVE_INFINITY;
      let length = 0;
      const close = () => {
        client.destroy();
        upstream.destroy();
      };
      client.on('error', close).on('close', close).pipe(upstream);
      upstream.on('error', close).on('close', () => client.end());
      upstream.on('data', (bytes) => {
        length += bytes.length;
        client.write(bytes);
        if (length > limit) setImmediate(close);
      });
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, proxy };
  }

  it('writes the same files as without it, and says the same', async () => {
    const there = await start(server.url, ['--out', 'there']).ended;
    assert.deepEqual([there.code, there.stderr], [0, '']);
    const here = spawn(
      process.execPath,
      [cli, 'generate', '--name', 'Blog', '--requirements', wishes, '--out', 'here'],
      { cwd: folder },
    );
    let stdout = '';
    here.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    await once(here, 'close');
    assert.equal(there.stdout.replaceAll('there', 'here'), stdout.replaceAll('there', 'here'));
    assert.deepEqual(await contents('there'), await contents('here'));
  });

  it('says on standard error that the connection is lost and restored, and goes on, with --json too', async () => {
    const { url, proxy } = await cuttingProxy([60_000, 120_000]);
    try {
      const { code, stdout, stderr } = await start(url, ['--json', '--out', 'out']).ended;
      assert.equal(code, 0);
      const line = 'takoss: Connection lost \\([^)\\n]+\\), trying again in 1 s\ntakoss: Connection restored\n';
      assert.match(stderr, new RegExp(`^(${line}){1,2}$`));
      const messages = stdout
        .trimEnd()
        .split('\n')
        .map((text): unknown => JSON.parse(text));
      const last = messages.at(-1);
      assert.ok(typeof last === 'object' && last !== null && 'data' in last);
      const { files } = generationResultSchema.parse(last.data);
      assert.equal(Object.keys(await contents('out')).length, files.length);
    } finally {
      proxy.close();
    }
  });

  it('cancels the run on the server on Ctrl-C, and leaves no file', async () => {
    let aborted = false;
    await server.restart({
      createGenerator: () => ({
        async *generate(_request, { signal }): Generation {
          yield { type: 'phase_start', phase: 'analysis', message: 'Reading', progress: 10 } satisfies StreamEvent;
          yield { type: 'phase_complete', phase: 'analysis', message: 'Read', progress: 20 } satisfies StreamEvent;
          if (!signal.aborted) await once(signal, 'abort');
          aborted = true;
          throw new TakossError('cancelled', 'The run was cancelled.');
        },
      }),
    });
    const { child, outcome, ended } = start(server.url, ['--json']);
    await until('the run is going on', () => outcome.stdout.includes('"Read"'));
    child.kill('SIGINT');
    assert.equal((await ended).code, 130);
    await until('the server has heard of it', () => aborted);
    assert.deepEqual(await readdir(folder), []);
  });

  it('refuses to start without a token, with 2 and a sentence', async () => {
    for (const [endpoint, token, says] of [
      [server.url, '', /TAKOSS_TOKEN/],
      ['http://example.com', aliceKey, /not encrypted/],
      ['example', aliceKey, /not the address of a server/],
    ] as const) {
      const { code, stderr } = await start(endpoint, [], token).ended;
      assert.equal(code, 2);
      assert.match(stderr, says);
    }
    assert.deepEqual(await readdir(folder), []);
  });

  it('fails with a sentence when the server does not accept the token', async () => {
    const { code, stderr } = await start(server.url, [], 'wrong').ended;
    assert.equal(code, 1);
    assert.match(stderr, /^takoss: .*does not accept the key or token.*\n$/);
    assert.doesNotMatch(stderr, /alice-key/);
  });

  it('says so when a server of the first version keeps the files', async () => {
    const first = await FakeServer.start();
    first.handler = (_request, response) => {
      beginStream(response);
      const messages = [
        { type: 'complete', phase: 'complete', message: 'Successfully generated Blog', progress: 100 },
        { type: 'result', data: { success: true, projectId: 'proj-1' } },
      ];
      response.end(messages.map((message) => `data: ${JSON.stringify(message)}\n\n`).join(''));
    };
    try {
      const { code, stdout } = await start(first.url).ended;
      assert.equal(code, 0);
      assert.match(stdout, /The server keeps project proj-1; it sent no files/);
      assert.deepEqual(await readdir(folder), []);
    } finally {
      await first.stop();
    }
  });
});
