import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Generation } from '../../src/core/ports.ts';
import { createLocalGenerator, systemClock } from '../../src/local-generator.ts';
import { KeyStore } from '../../src/server/key-store.ts';
import { type OpenServer, openServer } from '../../src/server/server.ts';
import { readSettings } from '../../src/server/settings.ts';
import { aliceKey, blogRequest, frames, TestServer } from '../support/test-server.ts';

describe('a server that listens and has not found its runs yet', function () {
  this.timeout(60_000);
  let dataDir = '';
  let server: OpenServer;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'takoss-opening-'));
    const environment = { TAKOSS_API_KEYS: aliceKey, TAKOSS_LOG_LEVEL: 'silent' };
    const settings = readSettings({ port: '0', dataDir }, environment);
    server = await openServer({ settings, keys: new KeyStore(dataDir), clock: systemClock, version: '0.0.0' });
  });
  afterEach(async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const generate = () =>
    fetch(`${server.url}/api/generate`, {
      method: 'POST',
      headers: { 'x-api-key': aliceKey, 'content-type': 'application/json' },
      body: JSON.stringify(blogRequest),
    });

  it('lives, is not ready, and answers calls once it is', async () => {
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
    const early = await fetch(`${server.url}/readyz`);
    assert.deepEqual([early.status, await early.json()], [503, { status: 'starting' }]);
    assert.ok(Number(early.headers.get('retry-after')) > 0);
    let isAnswered = false;
    const call = generate().then((response) => {
      isAnswered = true;
      return response.status;
    });
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
    assert.equal(isAnswered, false);
    await server.begin((projectId) => createLocalGenerator(systemClock, projectId));
    assert.equal(await call, 200);
    assert.equal((await fetch(`${server.url}/readyz`)).status, 200);
  });

  it('says to calls that it stops when it does', async () => {
    const call = generate();
    await fetch(`${server.url}/healthz`);
    await server.stop();
    assert.equal((await call).status, 503);
  });
});

describe('a server that fails', () => {
  it('tells callers neither paths nor what went wrong inside', async () => {
    const fail = async function* (): Generation {
      yield { type: 'phase_start', phase: 'analysis', message: 'Analyzing', progress: 10 };
      throw Object.assign(new Error("EACCES: permission denied, open '/srv/secret/engine.json'"), { code: 'EACCES' });
    };
    const server = await TestServer.start({ createGenerator: () => ({ generate: fail }) });
    try {
      const text = await (await server.post('/api/generate/stream')).text();
      assert.match(frames(text).at(-1) ?? '', /"type":"error".*The server failed during the run; its log says more/);
      const response = await server.post('/api/generate');
      const problem = await response.text();
      assert.equal(response.status, 500);
      for (const said of [text, problem]) assert.doesNotMatch(said, /secret|EACCES/);
    } finally {
      await server.remove();
    }
  });
});
