import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { blogRequest, TestServer, until } from '../support/test-server.ts';

describe('what operators see', function () {
  this.timeout(180_000);
  let server: TestServer;
  afterEach(() => server?.remove());

  it('describes itself to programs and to people, without scripts and foreign addresses', async () => {
    server = await TestServer.start();
    const openApi = (await (await fetch(`${server.url}/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<string, Record<string, { responses: object }>>;
    };
    assert.equal(openApi.openapi, '3.1.0');
    assert.deepEqual(
      references(openApi).filter((name) => !hasSchema(openApi, name)),
      [],
    );
    const response = await fetch(`${server.url}/docs`);
    const page = await response.text();
    for (const path of Object.keys(openApi.paths)) assert.ok(page.includes(`<code>${path}</code>`), path);
    assert.doesNotMatch(page, /<script|<link|<img|@import|url\(/);
    assert.match(response.headers.get('content-security-policy') ?? '', /^default-src 'none'; style-src 'sha256-/);

    // Every described address is there, and answers with a described status.
    for (const [path, methods] of Object.entries(openApi.paths)) {
      for (const [method, { responses }] of Object.entries(methods)) {
        const found = await server.fetch(path.replace('{id}', 'run-x'), { method: method.toUpperCase() });
        await found.arrayBuffer();
        assert.ok(String(found.status) in responses, `${method} ${path}: ${found.status}`);
      }
    }
  });

  it('counts runs, streams, events, bytes, durations and tokens', async () => {
    server = await TestServer.start();
    const text = await (await server.post('/api/generate/stream')).text();
    await until('it is counted', async () => (await server.metric('takoss_runs_total{outcome="succeeded"}')) === 1);
    assert.equal(await server.metric('takoss_open_streams'), 0);
    assert.equal(await server.metric('takoss_events_total'), text.split('\n\n').length - 1);
    assert.equal(await server.metric('takoss_stream_bytes_total'), Buffer.byteLength(text));
    assert.equal(await server.metric('takoss_phase_duration_seconds_count{phase="frontend"}'), 1);
    assert.equal(await server.metric('takoss_model_tokens_total{direction="output"}'), 0);
  });

  it('lets pages of other origins in only when told to', async () => {
    server = await TestServer.start();
    const origin = 'https://app.example';
    const ask = (method: string) =>
      fetch(`${server.url}/api/generate`, {
        method,
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-api-key' },
      });
    for (const method of ['OPTIONS', 'POST']) {
      assert.equal((await ask(method)).headers.get('access-control-allow-origin'), null);
    }
    await server.restart({ environment: { TAKOSS_CORS_ORIGINS: `https://other.example, ${origin}` } });
    const preflight = await ask('OPTIONS');
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get('access-control-allow-origin'), origin);
    assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /x-api-key/);
    const stream = await server.post('/api/generate/stream', blogRequest, { origin });
    await stream.text();
    assert.equal(stream.headers.get('access-control-allow-origin'), origin);
    const stranger = await server.post('/api/generate', {}, { origin: 'https://evil.example' });
    assert.equal(stranger.headers.get('access-control-allow-origin'), null);
  });

  it('makes keys that are shown once and kept as hashes, and takes them at once', async () => {
    server = await TestServer.start();
    const { status, stdout } = spawnSync(
      process.execPath,
      [resolve('dist/cli.js'), 'key', 'create', '--name', 'ci', '--data-dir', server.dataDir],
      { encoding: 'utf8' },
    );
    assert.equal(status, 0);
    const key = stdout.trim();
    assert.match(key, /^takoss_[\w-]{43}$/);
    const path = join(server.dataDir, 'keys.json');
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    const stored = await readFile(path, 'utf8');
    assert.ok(!stored.includes(key));
    assert.deepEqual(
      JSON.parse(stored).map(({ name }: { name: string }) => name),
      ['ci'],
    );
    const response = await fetch(`${server.url}/api/runs/run-x`, { headers: { 'x-api-key': key } });
    assert.equal(response.status, 404);
  });

  it('refuses settings that make no sense, naming them', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'takoss-settings-'));
    try {
      for (const [flags, environment, message] of [
        [['--port', '99999'], {}, /"99999" is not a port/],
        [[], { TAKOSS_MAX_RUNS: 'many' }, /TAKOSS_MAX_RUNS is not valid/],
        [[], { TAKOSS_API_KEYS: 'me:' }, /TAKOSS_API_KEYS has an empty key/],
      ] as const) {
        const { status, stderr } = spawnSync(
          process.execPath,
          [resolve('dist/cli.js'), 'serve', '--data-dir', dataDir, ...flags],
          { encoding: 'utf8', env: { ...process.env, ...environment } },
        );
        assert.equal(status, 2);
        assert.match(stderr, message);
      }
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  });
});

function references(value: object): string[] {
  return [...JSON.stringify(value).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name ?? '');
}

function hasSchema(openApi: object, name: string): boolean {
  return JSON.stringify(openApi).includes(`"${name}":{`);
}
