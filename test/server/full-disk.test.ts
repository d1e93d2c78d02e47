import assert from 'node:assert/strict';
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pacedGenerator } from '../support/paced-generator.ts';
import { runTakoss, ServeProcess } from '../support/serve-process.ts';
import { skip } from '../support/skip.ts';
import { SmallDisk } from '../support/small-disk.ts';
import { aliceKey, blogRequest, frames, readUntil, TestServer, until } from '../support/test-server.ts';

const environment = { TAKOSS_API_KEYS: aliceKey };
const headers = { 'x-api-key': aliceKey, 'content-type': 'application/json' };
const body = JSON.stringify(blogRequest);

async function readiness(url: string): Promise<{ code: number; status: string; detail: string }> {
  const response = await fetch(`${url}/readyz`);
  const { status = '', detail = '' } = (await response.json()) as { status?: string; detail?: string };
  return { code: response.status, status, detail };
}

describe('a disk that is full or read-only', function () {
  this.timeout(180_000);
  let disk: SmallDisk;
  let server: TestServer | undefined;
  let child: ServeProcess | undefined;

  before(async function () {
    const found = await SmallDisk.mount(1);
    if (found === undefined) {
      skip(this, 'A small disk could not be mounted. Run the tests as root on Linux to include these.');
    }
    await found.unmount();
  });
  beforeEach(async () => {
    const mounted = await SmallDisk.mount(4);
    if (mounted === undefined) throw new Error('The disk cannot be mounted.');
    disk = mounted;
  });
  afterEach(async () => {
    await child?.end('SIGKILL');
    await server?.stop();
    child = undefined;
    server = undefined;
    await disk?.unmount();
  });

  it('does not prevent a start, which removes what has expired and says what it could not read', async () => {
    const settings = { retentionMs: 60_000 };
    server = await TestServer.start({ settings, dataDir: disk.folder });
    const first = await server.post('/api/generate/stream');
    const old = first.headers.get('x-run-id');
    await first.text();
    await server.stop();
    const runs = join(disk.folder, 'runs');
    const hourAgo = new Date(Date.now() - 3_600_000);
    await utimes(join(runs, `${old}.jsonl`), hourAgo, hourAgo);
    const empty = `run-${'e'.repeat(32)}`;
    await writeFile(join(runs, `${empty}.expired`), '');
    await writeFile(join(runs, `half.expired.1.tmp`), '{"ow');
    disk.fill();

    child = await ServeProcess.start(disk.folder, {
      environment: { ...environment, TAKOSS_RETENTION_SECONDS: '60' },
    });
    assert.match(child.stdout(), new RegExp(`"runId":"${empty}".*damaged`));
    assert.deepEqual((await readdir(runs)).sort(), [`${old}.expired`]);
    assert.equal((await fetch(`${child.url}/api/runs/${old}`, { headers })).status, 410);
    assert.deepEqual(await readiness(child.url), { code: 200, status: 'ready', detail: '' });
    const answer = await fetch(`${child.url}/api/generate`, { method: 'POST', headers, body });
    assert.equal(answer.status, 200);
  });

  it('is what /readyz says while it is full, and what fails runs, not Takoss; with room it goes on', async () => {
    server = await TestServer.start({
      dataDir: disk.folder,
      createGenerator: () => pacedGenerator({ count: 400, size: 1000, everyMs: 5 }),
    });
    const running = await server.post('/api/generate/stream', blogRequest, { 'takoss-resume': '1' });
    const id = running.headers.get('x-run-id');
    const seen = await readUntil(running, (text) => frames(text).length > 3);
    disk.fill();
    const text = seen + (await readUntil(running, () => false));
    const last = frames(text).at(-1) ?? '';
    assert.match(last, /"type":"error".*The disk of the server is full\. Tell whoever runs it/);
    assert.match(last, /"code":"storage"/);
    assert.doesNotMatch(last, /fault in Takoss|takoss-disk/);
    // Who comes back, and who looks, hears the same.
    const seq = frames(text).length;
    const again = await server.fetch(`/api/runs/${id}/stream`, { headers: { 'last-event-id': `${id}:${seq - 1}` } });
    assert.deepEqual(frames(await again.text()), [last]);
    const { state } = (await (await server.fetch(`/api/runs/${id}`)).json()) as { state: { error: { code: string } } };
    assert.equal(state.error.code, 'storage');

    const { code, status, detail } = await readiness(server.url);
    assert.deepEqual([code, status, detail], [503, 'disk-full', 'The disk of the server is full.']);
    const refused = await server.post('/api/generate');
    const problem = (await refused.json()) as { code: string; detail: string };
    assert.deepEqual([refused.status, problem.code], [503, 'storage']);
    assert.ok(!problem.detail.includes('/'), problem.detail);
    assert.equal((await server.fetch('/healthz')).status, 200);

    await disk.empty();
    await until('it is ready', async () => (await readiness(server?.url ?? '')).code === 200);
    const after = await server.post('/api/generate/stream', blogRequest);
    assert.match(frames(await after.text()).at(-1) ?? '', /"type":"result"/);
  });

  it('lets a server start on a read-only folder, which sends what it has and refuses what is new', async () => {
    server = await TestServer.start({ dataDir: disk.folder });
    const done = await server.post('/api/generate/stream', blogRequest);
    const id = done.headers.get('x-run-id');
    const whole = await done.text();
    await server.stop();
    const path = join(disk.folder, 'runs', `run-${'1'.repeat(32)}.jsonl`);
    await writeFile(path, 'damaged\nlines\n');
    disk.setReadOnly(true);

    await server.restart();
    assert.equal(await (await server.fetch(`/api/runs/${id}/stream`)).text(), whole);
    assert.equal((await server.fetch(`/api/runs/run-${'1'.repeat(32)}`)).status, 410);
    const { code, status } = await readiness(server.url);
    assert.deepEqual([code, status], [503, 'disk-read-only']);
    const refused = await server.post('/api/generate');
    assert.deepEqual([refused.status, ((await refused.json()) as { code: string }).code], [503, 'storage']);
    // The lock is elsewhere then, and keeps others out all the same.
    const second = await runTakoss(['serve', '--port', '0', '--data-dir', disk.folder], environment);
    assert.match(second.stderr, /Another Takoss server/);
    disk.setReadOnly(false);
    await until('it is ready', async () => (await readiness(server?.url ?? '')).code === 200);
    assert.equal((await server.post('/api/generate')).status, 200);
  });

  it('is no reason to give up a run that a kill interrupted: a later start goes on with it', async () => {
    child = await ServeProcess.start(disk.folder, { environment, lastPhase: 'database' });
    const response = await fetch(`${child.url}/api/generate/stream`, {
      method: 'POST',
      headers: { ...headers, 'takoss-resume': '1' },
      body,
    });
    const id = response.headers.get('x-run-id');
    await readUntil(response, (text) => text.includes('"phase":"database"'));
    await child.end('SIGKILL');
    disk.setReadOnly(true);
    child = await ServeProcess.start(disk.folder, { environment });
    assert.match(child.stderr(), /Warning: The data folder cannot hold the lock of this server \(EROFS\)/);
    const beginning = await (await fetch(`${child.url}/api/runs/${id}/stream`, { headers })).text();
    assert.ok(frames(beginning).length > 3);
    assert.doesNotMatch(beginning, /"type":"error"/);
    await child.end('SIGTERM');
    disk.setReadOnly(false);
    child = await ServeProcess.start(disk.folder, { environment });
    const seen = frames(beginning).length;
    const rest = await fetch(`${child.url}/api/runs/${id}/stream`, {
      headers: { ...headers, 'last-event-id': `${id}:${seen}` },
    });
    assert.match(frames(await rest.text()).at(-1) ?? '', /"type":"result"/);
  });

  it('lets the first start say why there is no key, and one that is made later count', async () => {
    await mkdir(join(disk.folder, 'runs'));
    disk.fill();
    child = await ServeProcess.start(disk.folder, { environment: { TAKOSS_API_KEYS: '', TAKOSS_JWT_SECRET: '' } });
    assert.match(child.stderr(), /no API key could be made.*The disk is full\. Make room/);
    const failed = await runTakoss(['key', 'create', '--name', 'a', '--data-dir', disk.folder]);
    assert.deepEqual([failed.code, failed.stdout], [1, '']);
    assert.match(failed.stderr, /The disk is full/);
    assert.ok(!(await readdir(disk.folder)).some((name) => name.startsWith('keys.json')));
    await disk.empty();
    const { stdout } = await runTakoss(['key', 'create', '--name', 'a', '--data-dir', disk.folder]);
    const isKnown = async () =>
      (await fetch(`${child?.url}/api/runs/x`, { headers: { 'x-api-key': stdout.trim() } })).status === 404;
    await until('the key is taken', isKnown);
  });
});
