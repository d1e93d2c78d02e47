import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pacedGenerator } from '../support/paced-generator.ts';
import { skip } from '../support/skip.ts';
import { aliceKey, blogRequest, frames, TestServer, until } from '../support/test-server.ts';

/** Debian keeps it where the path of an ordinary user does not lead. */
const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin'];
const program = folders.map((folder) => join(folder, 'nginx')).find((path) => existsSync(path));

/** Debian's nginx is there, or can be installed. */
function findNginx(): string | undefined {
  if (program !== undefined) return program;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { env: environment });
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'nginx-light'], { env: environment });
  return existsSync('/usr/sbin/nginx') ? '/usr/sbin/nginx' : undefined;
}

/** The file is there a moment before anybody listens. */
async function answers(path: string): Promise<boolean> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

describe('behind nginx', function () {
  this.timeout(180_000);
  let nginx = '';
  let folder = '';
  let server: TestServer;
  let proxy: ChildProcess | undefined;

  before(function () {
    const found = findNginx();
    if (found === undefined) {
      skip(this, 'nginx is not installed. Install it, for example with `sudo apt-get install nginx-light`.');
    }
    nginx = found;
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'takoss-nginx-'));
    server = await TestServer.start({ createGenerator: () => pacedGenerator({ count: 20, size: 100, everyMs: 50 }) });
  });
  afterEach(async () => {
    if (proxy !== undefined && proxy.exitCode === null) {
      const exited = once(proxy, 'exit');
      proxy.kill('SIGTERM');
      await exited;
    }
    proxy = undefined;
    await server?.remove();
    await rm(folder, { recursive: true, force: true });
  });

  async function startProxy(buffering: 'on' | 'off'): Promise<void> {
    const template = await readFile('test/server/nginx.conf', 'utf8');
    const values: Record<string, string> = { folder, buffering, port: new URL(server.url).port };
    const path = join(folder, 'nginx.conf');
    await writeFile(
      path,
      template.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? ''),
    );
    // Started by root, its workers would be another user, who may not enter the folder of the test.
    const user = process.getuid?.() === 0 ? ['-g', 'user root;'] : [];
    proxy = spawn(nginx, ['-p', folder, '-e', join(folder, 'error.log'), '-c', path, ...user], { stdio: 'ignore' });
    await until('nginx listens', () => answers(join(folder, 'nginx.sock')));
  }

  function post(path: string): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const call = request(
        {
          socketPath: join(folder, 'nginx.sock'),
          path,
          method: 'POST',
          headers: { 'x-api-key': aliceKey, 'content-type': 'application/json' },
        },
        resolve,
      );
      call.on('error', reject).end(JSON.stringify(blogRequest));
    });
  }

  for (const buffering of ['on', 'off'] as const) {
    it(`events arrive as they happen with proxy_buffering ${buffering}`, async () => {
      await startProxy(buffering);
      const response = await post('/api/generate/stream');
      assert.equal(response.statusCode, 200);
      let text = '';
      const arrivals: number[] = [];
      for await (const data of response.setEncoding('utf8')) {
        text += data;
        arrivals.push(performance.now());
      }
      assert.equal(frames(text).length, 22);
      assert.match(frames(text).at(-1) ?? '', /"type":"result"/);
      // 20 events in a second: buffered, they would come together at its end. A busy machine passes some on together.
      const spread = (arrivals.at(-1) ?? 0) - (arrivals[0] ?? 0);
      assert.ok(arrivals.length >= 6, `${arrivals.length} pieces`);
      assert.ok(spread > 400, `all within ${spread} ms`);
    });

    it(`a client that is lost is lost to the server with proxy_buffering ${buffering}`, async () => {
      await startProxy(buffering);
      const response = await post('/api/generate/stream');
      await once(response, 'data');
      response.destroy();
      await until(
        'the run is cancelled',
        async () => (await server.metric('takoss_runs_total{outcome="cancelled"}')) === 1,
      );
    });
  }
});
