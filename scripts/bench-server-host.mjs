import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { KeyStore } from '../src/server/key-store.ts';
import { startServer } from '../src/server/server.ts';
import { readSettings } from '../src/server/settings.ts';
import { encodeEvent, encodeResult } from '../src/transport/sse-encode.ts';
import { emptyResult } from '../test/support/paced-generator.ts';

/**
 * The process whose CPU and memory the benchmark measures: a Takoss server, and beside it `node:http` writing the same bytes, made from
 * the same events or beforehand. What a run says stands in its description: `count=1000 every=0 size=1600`.
 */
const runId = `run-${'0'.repeat(32)}`;

function readPlan(description) {
  const [, count, every, size] = /^count=(\d+) every=(\d+) size=(\d+)$/.exec(description).map(Number);
  return { count, every, size };
}

function* eventsOf({ count, size }) {
  const line = `  const post = await database.query('select "title" from "posts"');\n`;
  const chunk = line.repeat(Math.ceil(size / line.length)).slice(0, size);
  for (let index = 0; index < count; index += 1) {
    const data = { file: 'src/posts.ts', chunk, offset: index * size, isComplete: false };
    yield { type: 'code_chunk', phase: 'frontend', message: 'Writing src/posts.ts', progress: 70, data };
  }
}

/** The time stands in the event when events are slow enough to ask for it. */
const timed = (event, every) => (every === 0 ? event : { ...event, message: `at ${process.hrtime.bigint()}` });

const generator = {
  async *generate({ description }) {
    const plan = readPlan(description);
    for (const event of eventsOf(plan)) {
      if (plan.every > 0) await sleep(plan.every);
      yield timed(event, plan.every);
    }
    return emptyResult;
  },
};

const prepared = new Map();

/** @returns {Buffer[]} */
function prepare(description) {
  const known = prepared.get(description);
  if (known !== undefined) return known;
  let seq = 0;
  const frames = [...eventsOf(readPlan(description))].map((event) => encodeEvent(event, { runId, seq: ++seq }));
  frames.push(encodeResult(emptyResult, { runId, seq: ++seq }));
  const buffers = frames.map((frame) => Buffer.from(frame));
  prepared.set(description, buffers);
  return buffers;
}

/** The same from events, as a server without journal, resuming and limits would do it. */
async function encode(description, response) {
  const generation = generator.generate({ description });
  let seq = 0;
  for (let next = await generation.next(); ; next = await generation.next()) {
    seq += 1;
    const frame = next.done ? encodeResult(next.value, { runId, seq }) : encodeEvent(next.value, { runId, seq });
    if (!response.write(frame)) await once(response, 'drain');
    if (next.done) break;
  }
  response.end();
}

const raw = createServer(async (request, response) => {
  let body = '';
  for await (const data of request) body += data;
  const { description } = JSON.parse(body);
  const { every } = readPlan(description);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  if (request.url.includes('encode')) {
    await encode(description, response);
    return;
  }
  for (const frame of prepare(description)) {
    if (every > 0) await sleep(every);
    if (!response.write(frame)) await once(response, 'drain');
  }
  response.end();
});
raw.listen(0, '127.0.0.1');
await once(raw, 'listening');

const dataDir = mkdtempSync(join(tmpdir(), 'takoss-bench-'));
const settings = readSettings(
  { port: '0', dataDir },
  { TAKOSS_API_KEYS: 'bench', TAKOSS_LOG_LEVEL: 'silent', TAKOSS_RATE_LIMIT: '1000000', TAKOSS_MAX_RUNS: '100000' },
);
const server = await startServer({
  settings,
  keys: new KeyStore(dataDir),
  clock: { now: () => Date.now() },
  version: 'bench',
  createGenerator: () => generator,
});

process.on('message', (message) => {
  if (message.prepare !== undefined) prepare(message.prepare);
  if (message.collect) globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  process.send({ cpu: user + system, rss: process.memoryUsage().rss, heap: process.memoryUsage().heapUsed });
});
process.on('disconnect', async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
  process.exit();
});
process.send({ takoss: server.url, raw: `http://127.0.0.1:${raw.address().port}` });
