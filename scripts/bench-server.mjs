import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createParser } from 'eventsource-parser';
import { RemoteGenerator } from '../src/transport/remote-generator.ts';
import { systemParts } from '../src/transport/remote-parts.ts';
import { encodeEvent, encodeResult } from '../src/transport/sse-encode.ts';
import { emptyResult } from '../test/support/paced-generator.ts';

/**
 * What the server adds to `node:http`, how it bears many streams, how late events are, and how fast the client reads. The server is a
 * process of its own, on one core where the system can do that. `--seconds=N` sets how long the many streams last.
 */
const seconds = Number(process.argv.find((argument) => argument.startsWith('--seconds='))?.slice(10) ?? 30);
const streams = 1000;
const here = dirname(fileURLToPath(import.meta.url));

const hostScript = join(here, 'bench-server-host.mjs');
const onOneCore = process.platform === 'linux' && existsSync('/usr/bin/taskset');
const nodeArguments = ['--expose-gc', hostScript];
const host = onOneCore
  ? spawn('taskset', ['-c', '0', process.execPath, ...nodeArguments], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
  : spawn(process.execPath, nodeArguments, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
const [urls] = await once(host, 'message');
const agent = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY });

async function ask(message = {}) {
  host.send(message);
  const [answer] = await once(host, 'message');
  return answer;
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
}

/** The median over the rounds, so that what else the machine does concerns both sides. */
function ratioOf(ours, others, value = (sample) => sample) {
  return median(ours.map((sample, round) => value(sample) / value(others[round]))).toFixed(2);
}

/** Opens a stream and counts what arrives. */
function read(url, description) {
  const body = JSON.stringify({ projectName: 'Bench', description, requirements: 'Authors write posts.' });
  const headers = {
    'content-type': 'application/json',
    'x-api-key': 'bench',
    'content-length': Buffer.byteLength(body),
  };
  return new Promise((resolve, reject) => {
    const call = request(`${url}/api/generate/stream`, { method: 'POST', headers, agent }, (response) => {
      let bytes = 0;
      let events = 0;
      let end = '';
      response.on('data', (data) => {
        bytes += data.length;
        // An event begins with `id: `; the end of the last piece may hold the beginning of the next.
        const text = end + data.toString('latin1');
        for (let at = text.indexOf('id: run-'); at !== -1; at = text.indexOf('id: run-', at + 1)) events += 1;
        end = text.slice(-7);
      });
      response.on('end', () => resolve({ status: response.statusCode, bytes, events }));
      response.on('error', reject);
    });
    call.on('error', reject).end(body);
  });
}

async function measure(url, description, parallel) {
  const before = await ask();
  const started = performance.now();
  const results = await Promise.all(Array.from({ length: parallel }, () => read(url, description)));
  const elapsed = (performance.now() - started) / 1000;
  const after = await ask();
  const events = results.reduce((sum, result) => sum + result.events, 0);
  const bytes = results.reduce((sum, result) => sum + result.bytes, 0);
  return { events, bytes, perSecond: events / elapsed, cpuPerEvent: (after.cpu - before.cpu) / events };
}

async function compare(title, description, parallel, rounds) {
  await ask({ prepare: description });
  const servers = [
    { name: 'node:http, bytes made beforehand', url: urls.raw, samples: [] },
    { name: 'node:http, bytes made from events', url: `${urls.raw}/encode`, samples: [] },
    { name: 'takoss, journal and all', url: urls.takoss, samples: [] },
  ];
  for (let round = 0; round <= rounds; round += 1) {
    for (const { url, samples } of servers) {
      const sample = await measure(url, description, parallel);
      // The first round warms up.
      if (round > 0) samples.push(sample);
    }
  }
  const [{ events, bytes }] = servers[0].samples;
  console.log(`${title} (${events.toLocaleString('en')} events, ${(bytes / 1e6).toFixed(1)} MB, median of ${rounds}):`);
  const cpu = servers.map(({ samples }) => median(samples.map(({ cpuPerEvent }) => cpuPerEvent)));
  for (const [index, { name, samples }] of servers.entries()) {
    if (samples.some((sample) => sample.events !== events)) throw new Error(`${name}: events are missing.`);
    const perSecond = Math.round(median(samples.map((sample) => sample.perSecond))).toLocaleString('en');
    console.log(
      `  ${name.padEnd(34)} ${perSecond.padStart(9)} events/s ${cpu[index].toFixed(1).padStart(7)} µs CPU per event`,
    );
  }
  const [beforehand, encoded, takoss] = servers.map(({ samples }) => samples);
  const ratios = [encoded, beforehand].map((other) => ratioOf(takoss, other, (sample) => sample.cpuPerEvent));
  console.log(
    `  ${ratios[0]} times the CPU of making and writing the bytes (aim: within 1.2), ${ratios[1]} times that of writing them`,
  );
}

async function manyStreams() {
  const count = seconds * 10;
  const description = `count=${count} every=100 size=200`;
  const idle = await ask({ collect: true });
  const started = performance.now();
  const all = Promise.all(Array.from({ length: streams }, () => read(urls.takoss, description)));
  const samples = [];
  let isDone = false;
  void all.finally(() => {
    isDone = true;
  });
  while (!isDone) {
    await sleep(Math.min(2000, seconds * 100));
    samples.push((await ask({ collect: true })).heap / 1e6);
  }
  const results = await all;
  const elapsed = (performance.now() - started) / 1000;
  const end = await ask({ collect: true });
  const lost = results.reduce((sum, { events }) => sum + count + 1 - events, 0);
  const middle = samples.slice(Math.floor(samples.length / 4), -2);
  const half = Math.floor(middle.length / 2);
  console.log(`${streams} streams, 10 events/s each, ${elapsed.toFixed(0)} s${onOneCore ? ', on one core' : ''}:`);
  console.log(
    `  ${lost} of ${streams * (count + 1)} events lost; ${(((end.cpu - idle.cpu) / 1e6 / elapsed) * 100).toFixed(0)} % of a core`,
  );
  console.log(
    `  heap ${(idle.heap / 1e6).toFixed(0)} MB before, ${median(middle.slice(0, half)).toFixed(0)} MB in the first half, ${median(middle.slice(half)).toFixed(0)} MB in the second, ${(end.heap / 1e6).toFixed(0)} MB after; ${(end.rss / 1e6).toFixed(0)} MB resident`,
  );
}

async function latency() {
  const generator = new RemoteGenerator({ ...systemParts, endpoint: urls.takoss, token: () => 'bench' });
  const request = {
    projectName: 'Bench',
    description: 'count=1000 every=5 size=1600',
    requirements: 'Authors write posts.',
  };
  const delays = [];
  for await (const event of generator.generate(request, { signal: new AbortController().signal })) {
    const [, at] = /^at (\d+)$/.exec(event.message) ?? [];
    if (at !== undefined) delays.push(Number(process.hrtime.bigint() - BigInt(at)) / 1e6);
  }
  const sorted = delays.toSorted((a, b) => a - b);
  console.log(
    `from the generator on the server, over its journal, to the event at the client, on loopback (${delays.length} events):`,
  );
  console.log(
    `  median ${median(delays).toFixed(2)} ms (aim: under 1 ms), 99 % within ${sorted[Math.floor(sorted.length * 0.99)].toFixed(2)} ms`,
  );
}

function recordedStream() {
  const id = (seq) => ({ runId: `run-${'0'.repeat(32)}`, seq });
  const chunk = `export const posts = pgTable('posts', { title: text("title") });\n`.repeat(25);
  let seq = 0;
  let text = '';
  for (let index = 0; index < 20_000; index += 1) {
    seq += 1;
    const data = { file: 'src/posts.ts', chunk, offset: index * chunk.length, isComplete: false };
    text += encodeEvent({ type: 'code_chunk', phase: 'frontend', message: 'Writing', progress: 70, data }, id(seq));
  }
  return Buffer.from(text + encodeResult(emptyResult, id(seq + 1)));
}

/** The body as a network gives it. */
function bodyOf(bytes) {
  let at = 0;
  return new ReadableStream(
    {
      pull(controller) {
        if (at >= bytes.length) controller.close();
        else controller.enqueue(bytes.subarray(at, at + 65_536));
        at += 65_536;
      },
    },
    { highWaterMark: 0 },
  );
}

async function readAlone(bytes) {
  let count = 0;
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const parser = createParser({
    onEvent: ({ data }) => {
      if (JSON.parse(data).type !== undefined) count += 1;
    },
  });
  const reader = bodyOf(bytes).getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    parser.feed(decoder.decode(next.value, { stream: true }));
  }
  return count;
}

async function readWithClient(bytes) {
  const headers = { 'content-type': 'text/event-stream', 'x-run-id': `run-${'0'.repeat(32)}` };
  const generator = new RemoteGenerator({
    ...systemParts,
    endpoint: 'http://localhost:1',
    token: () => 'bench',
    fetch: async () => new Response(bodyOf(bytes), { headers }),
  });
  let count = 0;
  const request = { projectName: 'Bench', description: '', requirements: 'Authors write posts.' };
  for await (const _ of generator.generate(request, { signal: new AbortController().signal })) count += 1;
  return count;
}

async function readingSpeed() {
  const bytes = recordedStream();
  const speeds = { alone: [], client: [] };
  for (let round = 0; round <= 7; round += 1) {
    for (const [name, run] of [
      ['alone', readAlone],
      ['client', readWithClient],
    ]) {
      const started = performance.now();
      await run(bytes);
      if (round > 0) speeds[name].push(bytes.length / 1000 / (performance.now() - started));
    }
  }
  const [alone, client] = [median(speeds.alone), median(speeds.client)];
  console.log(`reading ${(bytes.length / 1e6).toFixed(0)} MB of events (median of 7):`);
  console.log(
    `  eventsource-parser and JSON.parse ${alone.toFixed(0)} MB/s, the client, which also checks them, ${client.toFixed(0)} MB/s`,
  );
  console.log(`  ${ratioOf(speeds.client, speeds.alone)} of it (aim: at least 0.8)`);
}

try {
  await compare('a burst of small events on one stream', 'count=40000 every=0 size=100', 1, 5);
  await compare('a burst of pieces of files on one stream', 'count=20000 every=0 size=1600', 1, 5);
  await compare('100 streams, 50 events/s each', 'count=100 every=20 size=1600', 100, 3);
  await latency();
  await readingSpeed();
  await manyStreams();
} finally {
  const exited = once(host, 'exit');
  host.disconnect();
  await exited;
}
console.log(
  `load average ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')}`,
);
