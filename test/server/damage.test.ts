import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { open, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pacedGenerator } from '../support/paced-generator.ts';
import { ServeProcess } from '../support/serve-process.ts';
import { aliceKey, blogRequest, bobKey, frames, readUntil, TestServer, until } from '../support/test-server.ts';

const createGenerator = () => pacedGenerator({ count: 300, size: 1000, everyMs: 0 });

/** Damage of each kind, as bytes of a journal before and after. */
const kinds: readonly [string, (journal: Buffer) => Buffer][] = [
  ['a flipped bit in a text', (journal) => flipped(journal, journal.indexOf('xxxx', journal.length / 2))],
  ['a flipped bit in a checksum', (journal) => flipped(journal, journal.lastIndexOf('\n', journal.length / 2) + 3)],
  ['a flipped bit in the header', (journal) => flipped(journal, journal.indexOf('Authors'))],
  ['a flipped first bit', (journal) => flipped(journal, 0)],
  ['a line feed lost after the header', (journal) => flipped(journal, journal.indexOf('\n'))],
  ['NULs in the middle', (journal) => Buffer.from(journal).fill(0, 4096, 8192)],
  ['a flipped bit in the last line', (journal) => flipped(journal, journal.length - 20)],
  ['a line that is missing', (journal) => without(journal, 20, 1)],
  ['two lines in the wrong order', (journal) => swapped(journal, 30)],
  ['a page of NULs and nothing else', () => Buffer.alloc(4096)],
];

function flipped(journal: Buffer, at: number): Buffer {
  const copy = Buffer.from(journal);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

function lines(journal: Buffer): string[] {
  return journal.toString('latin1').split(/(?<=\n)/);
}

function without(journal: Buffer, index: number, count: number): Buffer {
  return Buffer.from(lines(journal).toSpliced(index, count).join(''), 'latin1');
}

function swapped(journal: Buffer, index: number): Buffer {
  const all = lines(journal);
  const [first = '', second = ''] = all.slice(index, index + 2);
  return Buffer.from(all.toSpliced(index, 2, second, first).join(''), 'latin1');
}

describe('a damaged journal', function () {
  this.timeout(180_000);
  let server: TestServer;
  let id: string | null = null;
  beforeEach(async () => {
    server = await TestServer.start({ createGenerator });
    const response = await server.post('/api/generate/stream', blogRequest, { 'idempotency-key': 'once' });
    id = response.headers.get('x-run-id');
    await response.text();
  });
  afterEach(() => server.remove());

  const journal = (...folders: string[]) => join(server.dataDir, 'runs', ...folders, `${id}.jsonl`);

  async function refusal(
    path: string,
    init: RequestInit = {},
  ): Promise<{ status: number; code: string; detail: string }> {
    const response = await server.fetch(path, init);
    const { code = '', detail = '' } = (await response.json()) as { code?: string; detail?: string };
    return { status: response.status, code, detail };
  }

  for (const [what, damage] of kinds) {
    it(`with ${what} is set aside by the next start, kept, counted, and not sent as whole`, async () => {
      await server.stop();
      const damaged = damage(await readFile(journal()));
      await writeFile(journal(), damaged);
      for (let start = 0; start < 2; start += 1) {
        await server.restart({ createGenerator });
        for (const path of [`/api/runs/${id}/stream`, `/api/runs/${id}`]) {
          const { status, code, detail } = await refusal(path);
          assert.deepEqual([status, code], [410, 'damaged'], path);
          assert.match(detail, /damaged.*Start the run again/);
          assert.ok(!detail.includes(server.dataDir));
        }
        assert.deepEqual(await readFile(journal('damaged')), damaged);
        assert.equal(await server.metric('takoss_damaged_journals_total'), start === 0 ? 1 : 0);
      }
      // The same request is a new run.
      const again = await server.post('/api/generate/stream', blogRequest, { 'idempotency-key': 'once' });
      assert.notEqual(again.headers.get('x-run-id'), id);
      assert.match(frames(await again.text()).at(-1) ?? '', /"type":"result"/);
    });
  }

  it('is no business of other callers', async () => {
    await server.stop();
    await writeFile(journal(), flipped(await readFile(journal()), 5000));
    await server.restart({ createGenerator });
    const bob = await refusal(`/api/runs/${id}`, { headers: { 'x-api-key': bobKey } });
    assert.equal(bob.status, 404);
  });

  it('under the name of another run is not sent as that', async () => {
    await server.stop();
    const path = join(server.dataDir, 'runs', `run-${'a'.repeat(32)}.jsonl`);
    await rename(journal(), path);
    await server.restart({ createGenerator });
    assert.equal((await refusal(`/api/runs/run-${'a'.repeat(32)}`)).status, 410);
    assert.equal((await refusal(`/api/runs/${id}`)).status, 404);
  });

  for (const [what, damage] of [
    ['changes', (bytes: Buffer) => flipped(bytes, bytes.indexOf('xxxx', bytes.length / 2))],
    ['is cut', (bytes: Buffer) => bytes.subarray(0, bytes.lastIndexOf('\n', bytes.length / 2) + 1)],
  ] as const) {
    it(`that ${what} while the server runs is found when it is read, and never ends as if it were whole`, async () => {
      await writeFile(journal(), damage(await readFile(journal())));
      const stream = await server.fetch(`/api/runs/${id}/stream`);
      const text = await readUntil(stream, () => false).catch((error: unknown) => String(error));
      assert.doesNotMatch(text, /"type":"result"/);
      assert.match(text, /terminated|^id/);
      assert.equal((await refusal(`/api/runs/${id}`)).status, 410);
      await until('it is set aside', () => existsSync(journal('damaged')) && !existsSync(journal()));
      assert.equal(await server.metric('takoss_damaged_journals_total'), 1);
    });
  }

  it('whose run goes on ends that, too', async () => {
    await server.restart({ createGenerator: () => pacedGenerator({ count: 10_000, size: 100, everyMs: 5 }) });
    const running = await server.post('/api/generate/stream', blogRequest, { 'takoss-resume': '1' });
    id = running.headers.get('x-run-id');
    await readUntil(running, (text) => frames(text).length > 5);
    const file = await readFile(journal());
    const handle = await open(journal(), 'r+');
    await handle.write(Buffer.from('?'), 0, 1, file.indexOf('xxxx'));
    await handle.close();
    assert.equal((await refusal(`/api/runs/${id}`)).status, 410);
    await until('it is cancelled', async () => (await server.metric('takoss_runs_total{outcome="cancelled"}')) === 1);
  });

  it('of the version without checksums is still read, gets them, and is set aside where a line is no event', async () => {
    await server.stop();
    const bytes = await readFile(journal());
    const plain = bytes
      .toString()
      .replaceAll(/^[0-9a-f]{8} /gm, '')
      .replace('"version":2', '"version":1');
    await writeFile(journal(), plain);
    await server.restart({ createGenerator });
    const text = await (await server.fetch(`/api/runs/${id}/stream`)).text();
    assert.equal(frames(text).length, 302);
    await server.stop();
    assert.deepEqual(await readFile(journal()), bytes);
    await writeFile(journal(), plain.replace('"code_chunk"', '"code_chunk?'));
    await server.restart({ createGenerator });
    assert.equal((await refusal(`/api/runs/${id}/stream`)).status, 410);
  });
});

describe('a damaged keys.json', function () {
  this.timeout(180_000);
  let server: TestServer;
  let child: ServeProcess | undefined;
  beforeEach(async () => {
    server = await TestServer.start();
  });
  afterEach(async () => {
    await child?.end('SIGKILL');
    child = undefined;
    await server.remove();
  });

  const status = async (key: string) =>
    (await fetch(`${child?.url}/api/runs/x`, { headers: { 'x-api-key': key } })).status;

  async function start(): Promise<string> {
    const environment = { TAKOSS_API_KEYS: '', TAKOSS_JWT_SECRET: '', TAKOSS_RATE_LIMIT: '100000' };
    child = await ServeProcess.start(server.dataDir, { environment });
    const [, key = ''] = /API key \(.*\): (\S+)/.exec(child.stderr()) ?? [];
    return key;
  }

  it('leaves the keys from before in force while the server runs, said once and without a path', async () => {
    await server.stop();
    const key = await start();
    assert.equal(await status(key), 404);
    for (const text of ['', '[{"name":"a"}]', '{"half":']) {
      await writeFile(join(server.dataDir, 'keys.json'), text);
      const said = () => child?.stdout().split('keys.json is damaged').length ?? 0;
      const before = said();
      await until('it is said', async () => (await status(key)) === 404 && said() > before);
      for (let call = 0; call < 20; call += 1) assert.equal(await status(key), 404);
      assert.equal(await status('another'), 401);
      assert.equal(said(), before + 1);
    }
  });

  it('is set aside by a start, kept with its hashes, and no new first key is made in its place', async () => {
    await server.stop();
    const key = await start();
    await child?.end('SIGTERM');
    const path = join(server.dataDir, 'keys.json');
    const whole = await readFile(path, 'utf8');
    await writeFile(path, whole.slice(0, -4));
    for (let time = 0; time < 2; time += 1) {
      assert.equal(await start(), '');
      assert.match(
        child?.stderr() ?? '',
        /none of them is in force\. They are kept in keys\.json\.damaged-\S+\. Repair/,
      );
      assert.equal(await status(key), 401);
      if (time === 0) await child?.end('SIGTERM');
    }
    const names = (await readdir(server.dataDir)).filter((name) => name.startsWith('keys.json'));
    assert.equal(names.length, 1);
    assert.equal(await readFile(join(server.dataDir, names[0] ?? ''), 'utf8'), whole.slice(0, -4));
    // Repaired, it counts again.
    await writeFile(path, whole);
    await until('the key is taken', async () => (await status(key)) === 404);
  });

  it('does not keep keys of the environment from calling', async () => {
    await server.stop();
    await writeFile(join(server.dataDir, 'keys.json'), 'null');
    child = await ServeProcess.start(server.dataDir, { environment: { TAKOSS_API_KEYS: aliceKey } });
    assert.equal(await status(aliceKey), 404);
  });
});
