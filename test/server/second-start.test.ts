import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderContent } from '../support/folder-content.ts';
import { runTakoss, ServeProcess } from '../support/serve-process.ts';
import { aliceKey, blogRequest, frames, readUntil, until } from '../support/test-server.ts';

const environment = { TAKOSS_API_KEYS: aliceKey, TAKOSS_LOG_LEVEL: 'silent' };
const headers = { 'x-api-key': aliceKey, 'content-type': 'application/json', 'takoss-resume': '1' };

describe('a second start on a data folder', function () {
  this.timeout(180_000);
  let dataDir = '';
  let server: ServeProcess | undefined;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'takoss-second-'));
  });
  afterEach(async () => {
    await server?.end('SIGKILL');
    server = undefined;
    await rm(dataDir, { recursive: true, force: true });
  });

  const serve = (port: string) => runTakoss(['serve', '--port', port, '--data-dir', dataDir], environment);

  for (const which of ['the same port', 'another port']) {
    it(`on ${which} is refused with a sentence, and leaves a run that goes on alone`, async () => {
      server = await ServeProcess.start(dataDir, { environment, lastPhase: 'frontend' });
      const body = JSON.stringify(blogRequest);
      const response = await fetch(`${server.url}/api/generate/stream`, { method: 'POST', headers, body });
      const id = response.headers.get('x-run-id');
      const seen = await readUntil(response, (text) => text.includes('"phase":"frontend"'));

      const second = await serve(which === 'the same port' ? new URL(server.url).port : '0');
      assert.equal(second.code, 1);
      assert.match(
        second.stderr,
        /Another Takoss server \(process \d+ on .+, http:\/\/127\.0\.0\.1:\d+\) uses the data folder/,
      );
      assert.ok(second.stderr.includes(dataDir) && second.stderr.includes(hostname()), second.stderr);
      assert.match(second.stderr, /Stop that one first, or give this one a folder of its own with --data-dir/);

      const replay = await fetch(`${server.url}/api/runs/${id}/stream`, { headers });
      const events = frames(seen.slice(0, seen.lastIndexOf('\n\n') + 2));
      const again = await readUntil(replay, (text) => frames(text).length > events.length);
      assert.deepEqual(frames(again).slice(0, events.length), events);
    });
  }

  it('changes nothing in it, nor does a start whose port another program has', async () => {
    server = await ServeProcess.start(dataDir, { environment });
    const body = JSON.stringify(blogRequest);
    await (await fetch(`${server.url}/api/generate`, { method: 'POST', headers, body })).arrayBuffer();
    const before = await folderContent(dataDir);
    assert.equal((await serve('0')).code, 1);
    assert.deepEqual(await folderContent(dataDir), before);
    await server.end('SIGKILL');

    // What an interrupted run looks like to the next start.
    await mkdir(join(dataDir, 'runs'), { recursive: true });
    await writeFile(join(dataDir, 'runs', `run-${'5'.repeat(32)}.jsonl`), 'torn');
    await writeFile(join(dataDir, 'runs', `run-${'6'.repeat(32)}.expired`), '');
    const killed = await folderContent(dataDir);
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    try {
      const { code, stderr } = await serve(String((other.address() as AddressInfo).port));
      assert.equal(code, 1);
      assert.match(stderr, /another program listens there\. Choose another port with --port/);
      assert.deepEqual(await folderContent(dataDir), killed);
    } finally {
      other.close();
    }
  });

  it('makes no folder when it cannot listen', async () => {
    const { code } = await runTakoss(['serve', '--host', '192.0.2.1', '--data-dir', join(dataDir, 'new')], environment);
    assert.equal(code, 1);
    assert.deepEqual(await folderContent(dataDir), {});
  });

  it('wins again after kill -9, and only one of ten at the same instant does', async () => {
    server = await ServeProcess.start(dataDir, { environment });
    await server.end('SIGKILL');
    const started = await Promise.allSettled(
      Array.from({ length: 10 }, () => ServeProcess.start(dataDir, { environment })),
    );
    const winners = started.filter((start) => start.status === 'fulfilled').map(({ value }) => value);
    const reasons = started.filter((start) => start.status === 'rejected').map(({ reason }) => String(reason));
    try {
      assert.equal(winners.length, 1, reasons.join('\n'));
      for (const reason of reasons) assert.match(reason, /Another Takoss server/);
    } finally {
      for (const winner of winners) await winner.end('SIGKILL');
    }
  });

  it('lets keys be made beside a server, which takes them', async () => {
    server = await ServeProcess.start(dataDir, { environment });
    const { code, stdout } = await runTakoss(['key', 'create', '--name', 'ci', '--data-dir', dataDir]);
    assert.equal(code, 0);
    const isKnown = async () =>
      (await fetch(`${server?.url}/api/runs/x`, { headers: { 'x-api-key': stdout.trim() } })).status === 404;
    await until('the key is taken', isKnown);
  });
});
