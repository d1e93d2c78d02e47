import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalGenerator } from '../../src/local-generator.ts';
import { checksumLength } from '../../src/server/checked-line.ts';
import { blueprint, entity } from '../support/blueprints.ts';
import { collect, fakeOrchestrator } from '../support/generations.ts';
import { pacedGenerator } from '../support/paced-generator.ts';
import { ServeProcess } from '../support/serve-process.ts';
import { aliceKey, blogRequest, frames, readUntil, TestServer, until } from '../support/test-server.ts';

/** Without ids, times, and the checksums of the journal, which are of the times too. */
const timeless = (text: string) =>
  text
    .replaceAll(/^[0-9a-f]{8} (?=\{)/gm, '')
    .replaceAll(/^id: .*\n/gm, '')
    .replaceAll(/,"at":\d+/g, '')
    .replaceAll(/proj-[\w-]+/g, 'proj');

/** What a journal holds, as frames without ids. */
async function readJournal(dataDir: string): Promise<{ path: string; text: string }> {
  const folder = join(dataDir, 'runs');
  const [name] = (await readdir(folder)).filter((entry) => entry.endsWith('.jsonl'));
  if (name === undefined) throw new Error('There is no journal.');
  const path = join(folder, name);
  return { path, text: await readFile(path, 'utf8') };
}

describe('a server that was killed', function () {
  this.timeout(120_000);

  it('goes on from every place at which its journal may end, in the middle of a line too', async () => {
    const files = ['database', 'frontend', 'deployment'].map((phase) => ({
      path: `${phase}.txt`,
      content: `${phase} é\u2028 😀`.repeat(200),
      phase: phase as 'database',
      task: phase,
    }));
    let projects = 0;
    const createGenerator = (projectId?: string) => {
      projects += 1;
      return fakeOrchestrator(blueprint([entity('Post', 'Posts')], []), files, projectId ?? `proj-${projects}`);
    };
    const server = await TestServer.start({ createGenerator });
    try {
      const first = await server.post('/api/generate/stream');
      const id = first.headers.get('x-run-id');
      const whole = await first.text();
      await server.stop();
      const { path, text } = await readJournal(server.dataDir);
      const lines = text.split('\n').slice(0, -1);
      assert.ok(lines.length > 20);
      let size = `${lines[0]}\n`.length;
      for (const [index, line] of lines.entries()) {
        if (index === 0) continue;
        for (const torn of ['', line.slice(0, 1), line.slice(0, -1)]) {
          await writeFile(path, text.slice(0, size) + torn);
          await server.restart({ createGenerator });
          const seen = frames(whole).slice(0, index - 1);
          const rest = await server.fetch(`/api/runs/${id}/stream`, {
            headers: { 'last-event-id': `${id}:${index - 1}` },
          });
          const resumed = seen.join('') + (await rest.text());
          assert.equal(timeless(resumed), timeless(whole), `cut at line ${index}`);
          // The project keeps its id once it has told it.
          if (index > 2) assert.equal(projectIds(resumed).size, 1, `cut at line ${index}`);
          assert.equal((await server.fetch(`/api/runs/${id}`)).status, 200);
          await server.stop();
          assert.equal(timeless((await readJournal(server.dataDir)).text), timeless(text));
        }
        size += `${line}\n`.length;
      }
    } finally {
      await server.remove();
    }
  });

  it('says so when it has changed and would go on differently', async () => {
    const before = fakeOrchestrator(blueprint([entity('Post', 'Posts')], []), []);
    const after = fakeOrchestrator(blueprint([entity('Post', 'Posts'), entity('Tag', 'Tags')], []), []);
    const server = await TestServer.start({ createGenerator: () => before });
    try {
      const first = await server.post('/api/generate/stream');
      const id = first.headers.get('x-run-id');
      await first.text();
      await server.stop();
      const { path, text } = await readJournal(server.dataDir);
      await writeFile(path, text.split('\n').slice(0, 9).join('\n'));
      await server.restart({ createGenerator: () => after });
      const replay = await (await server.fetch(`/api/runs/${id}/stream`)).text();
      assert.match(frames(replay).at(-1) ?? '', /"type":"error".*server was changed.*"code":"internal"/);
    } finally {
      await server.remove();
    }
  });

  for (const phase of ['initialization', 'analysis', 'complexity', 'database', 'frontend', 'deployment']) {
    it(`finishes a run that kill -9 interrupted in ${phase}`, async () => {
      const dataDir = await mkdtemp(join(tmpdir(), 'takoss-kill-'));
      const environment = { TAKOSS_API_KEYS: aliceKey };
      let server = await ServeProcess.start(dataDir, { environment, lastPhase: phase });
      try {
        const response = await fetch(`${server.url}/api/generate/stream`, {
          method: 'POST',
          headers: { 'x-api-key': aliceKey, 'content-type': 'application/json', 'takoss-resume': '1' },
          body: JSON.stringify(blogRequest),
        });
        const id = response.headers.get('x-run-id');
        const text = await readUntil(response, (so) => so.includes(`"phase":"${phase}"`));
        await server.end('SIGKILL');
        const { text: journal } = await readJournal(dataDir);
        const last = JSON.parse(journal.split('\n').slice(0, -1).at(-1)?.slice(checksumLength) ?? '{}');
        assert.ok(last.phase === phase || phase === 'initialization', `interrupted in ${last.phase}`);
        assert.ok(!journal.includes('"type":"result"'));

        server = await ServeProcess.start(dataDir, { environment });
        const whole = text.slice(0, text.lastIndexOf('\n\n') + 2);
        const seen = frames(whole).length;
        const rest = await fetch(`${server.url}/api/runs/${id}/stream`, {
          headers: { 'x-api-key': aliceKey, 'last-event-id': `${id}:${seen}` },
        });
        const all = whole + (await rest.text());
        for (const [index, frame] of frames(all).entries()) assert.ok(frame.startsWith(`id: ${id}:${index + 1}\n`));
        assert.equal(projectIds(all).size, 1);
        const local = await collect(
          createLocalGenerator().generate(blogRequest, { signal: new AbortController().signal }),
        );
        const expected = [...local.events, { type: 'result', data: local.result }];
        const found = timeless(all).split('\n\n').slice(0, -1);
        assert.deepEqual(
          found.map((frame) => JSON.parse(frame.slice('data: '.length))),
          expected.map((message) => JSON.parse(timeless(JSON.stringify(message)))),
        );
      } finally {
        await server.end('SIGKILL');
        await rm(dataDir, { recursive: true, force: true });
      }
    });
  }
});

describe('a server that is stopped', function () {
  this.timeout(180_000);

  it('lets a stream finish within the time it has', async () => {
    const server = await TestServer.start({
      settings: { stopMs: 5000 },
      createGenerator: () => pacedGenerator({ count: 30, size: 10, everyMs: 10 }),
    });
    try {
      const response = await server.post('/api/generate/stream');
      const { url } = server;
      const stopped = server.stop();
      await assert.rejects(fetch(`${url}/healthz`));
      assert.match(frames(await response.text()).at(-1) ?? '', /"type":"result"/);
      await stopped;
    } finally {
      await server.remove();
    }
  });

  it('hands a stream that takes longer to its next start, and tells a client that cannot come back', async () => {
    const createGenerator = () => pacedGenerator({ count: 100, size: 10, everyMs: 10 });
    const server = await TestServer.start({ settings: { stopMs: 100 }, createGenerator });
    try {
      const resumable = await server.post('/api/generate/stream', blogRequest, { 'takoss-resume': '1' });
      const plain = await server.post('/api/generate/stream');
      const id = resumable.headers.get('x-run-id');
      const beginning = await readUntil(resumable, (text) => frames(text).length > 5);
      await server.stop();
      const seen = beginning + (await readUntil(resumable, () => false));
      assert.doesNotMatch(seen, /"type":"(error|result)"/);
      assert.match(frames(await plain.text()).at(-1) ?? '', /"type":"error".*"code":"cancelled"/);

      await server.restart({ createGenerator });
      const count = frames(seen).length;
      assert.ok(count > 5 && count < 100);
      const rest = await server.fetch(`/api/runs/${id}/stream`, { headers: { 'last-event-id': `${id}:${count}` } });
      const all = frames(seen + (await rest.text()));
      assert.equal(all.length, 102);
      for (const [index, frame] of all.entries()) assert.ok(frame.startsWith(`id: ${id}:${index + 1}\n`));
      assert.match(all.at(-1) ?? '', /"type":"result"/);
    } finally {
      await server.remove();
    }
  });

  it('ends in order on SIGTERM, having printed its first key once and logged no secrets', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'takoss-stop-'));
    try {
      const environment = { TAKOSS_API_KEYS: '', TAKOSS_JWT_SECRET: '' };
      const first = await ServeProcess.start(dataDir, { environment });
      const [, key = ''] = /API key \(.*\): (\S+)/.exec(first.stderr()) ?? [];
      assert.match(key, /^takoss_[\w-]{43}$/);
      const answer = await fetch(`${first.url}/api/generate`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify(blogRequest),
      });
      const requestId = answer.headers.get('x-request-id') ?? '?';
      await answer.arrayBuffer();
      assert.equal(await first.end('SIGTERM'), 0);
      const log = first.stdout();
      const entries = log
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      assert.ok(entries.some((entry) => entry.reqId === requestId && entry.runId === answer.headers.get('x-run-id')));
      assert.ok(!log.includes(key) && !log.includes('Authors write'), log);

      const stored = await readFile(join(dataDir, 'keys.json'), 'utf8');
      assert.ok(!stored.includes(key));
      const second = await ServeProcess.start(dataDir, { environment });
      await until('it answers', async () => (await fetch(`${second.url}/readyz`)).ok);
      assert.doesNotMatch(second.stderr(), /takoss_/);
      const known = await fetch(`${second.url}/api/runs/x`, { headers: { authorization: `Bearer ${key}` } });
      assert.equal(known.status, 404);
      assert.equal(await second.end('SIGINT'), 0);
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  });
});

function projectIds(text: string): Set<string> {
  return new Set(text.match(/proj-[\w-]+/g));
}
