import { fork } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { initialRunState, reduceRun } from '../src/core/run-state.ts';
import { ClaudeModel } from '../src/engines/claude/claude-model.ts';
import { createModelGenerator } from '../src/model-generator.ts';
import { MemoryWorkStore } from '../test/support/model-service/model-run.ts';
import { mark, request } from './bench-model-project.mjs';

/**
 * How long a project takes whose features a model writes, against a stand-in that answers after 0.8 s with 80 tokens a second: beside the
 * longest chain of requests that wait for one another, and beside the same requests one after another. How late each piece of text is, and what memory a
 * large file takes. The stand-in is a process of its own.
 */
const pace = { firstTokenMs: 800, tokensPerSecond: 80 };
const largeBytes = 1_000_000;
const aims = { criticalPath: 1.15, speedUp: 5, lateMs: 50, memory: 2.75 };

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

const service = fork(join(dirname(fileURLToPath(import.meta.url)), 'bench-model-service.mjs'));
let missed = 0;

async function ask(kind, message = {}) {
  service.send({ kind, ...message });
  const [answer] = await once(service, 'message');
  return answer;
}

function report(text, isMet) {
  console.log(`  ${text}${isMet ? '' : '   MISSED'}`);
  if (!isMet) missed += 1;
}

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

function quantile(sorted, part) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** Generates the project. `onEvent` sees every event once it is in the state that the tracker shows. */
async function generate({ url, key }, onEvent = () => {}) {
  const port = new ClaudeModel({ apiKey: key, baseUrl: url });
  const generator = createModelGenerator({ port, store: new MemoryWorkStore() });
  const times = { start: performance.now(), slices: 0, sliceEnd: 0 };
  let state = initialRunState;
  const generation = generator.generate(request, { signal: new AbortController().signal });
  for (;;) {
    const next = await generation.next();
    if (next.done) return { result: next.value, times: { ...times, end: performance.now() } };
    state = reduceRun(state, next.value);
    const { slice } = next.value.data ?? {};
    if (slice?.status === 'writing') times.slices ||= performance.now();
    if (slice?.status === 'accepted') times.sliceEnd = performance.now();
    onEvent(next.value);
  }
}

/** Collects when each mark was out of the generator. */
function markReader() {
  const received = new Map();
  const ends = new Map();
  return {
    received,
    read({ type, data }) {
      if (type !== 'code_chunk' || data.isComplete) return;
      const unread = (ends.get(data.file) ?? '') + data.chunk;
      let end = 0;
      for (const found of unread.matchAll(mark)) {
        if (!received.has(found[0])) received.set(found[0], process.hrtime.bigint());
        end = found.index + found[0].length;
      }
      ends.set(data.file, unread.slice(Math.max(end, unread.length - 100)));
    },
  };
}

const lasts = ({ outputTokens }) => pace.firstTokenMs + (outputTokens * 1000) / pace.tokensPerSecond;

function expectAllAccepted({ slices = [] }) {
  const accepted = slices.filter(({ status }) => status === 'accepted').length;
  if (accepted !== 12) throw new Error(`${accepted} of 12 slices were accepted: ${JSON.stringify(slices)}`);
}

async function twelveSlices() {
  const reader = markReader();
  const { result, times } = await generate(await ask('start', { pace }), reader.read);
  expectAllAccepted(result);
  const { requests, sent, mostParallel } = await ask('report');
  const [opener, ...others] = requests.filter(({ isAnalysis }) => !isAnalysis);
  // The others may begin when the first answer does: until then the prefix is not in the cache.
  const slices = Math.max(lasts(opener), pace.firstTokenMs + Math.max(...others.map(lasts)));
  const whole = slices + requests.filter(({ isAnalysis }) => isAnalysis).reduce((sum, each) => sum + lasts(each), 0);
  const took = { whole: times.end - times.start, slices: times.sliceEnd - times.slices };

  console.log(
    `a project with twelve features, ${pace.firstTokenMs / 1000} s to the first token, ${pace.tokensPerSecond} tokens/s, at most ${mostParallel} requests at once:`,
  );
  for (const [what, path, time] of [
    ['the whole run', whole, took.whole],
    ['its features', slices, took.slices],
  ]) {
    const ratio = time / path;
    report(
      `${what}: ${seconds(time)}, ${ratio.toFixed(2)} times the critical path of ${seconds(path)} (aim: at most ${aims.criticalPath})`,
      ratio <= aims.criticalPath,
    );
  }
  lateness(new Map(sent), reader.received);
  return took.slices;
}

function lateness(sent, received) {
  const late = (marks) => marks.map(([key, at]) => Number(received.get(key) - BigInt(at)) / 1e6).sort((a, b) => a - b);
  const known = [...sent].filter(([key]) => received.has(key));
  if (known.length < sent.size) throw new Error(`${sent.size - known.length} marks never came out.`);
  const describe = (values) =>
    `median ${quantile(values, 0.5).toFixed(1)} ms, 95 % within ${quantile(values, 0.95).toFixed(1)} ms`;
  const first = late(known.filter(([key]) => key.endsWith(':0000;')));
  const most = quantile(first, 0.95);
  report(
    `first text of each feature, from the wire to the tracker's state: ${describe(first)} (aim: ${aims.lateMs} ms), ${(most / aims.lateMs).toFixed(2)} of the aim`,
    most <= aims.lateMs,
  );
  // The rest may wait for what the engine does with features that are finished: parsing, and rendering the project with them.
  console.log(`  all text (${known.length} times): ${describe(late(known))}`);
}

/** The service says that nothing more may be asked in this minute, so that requests wait for one another. */
async function oneAfterAnother(parallelMs) {
  const { result, times } = await generate(await ask('start', { pace, requestsPerMinute: 0 }));
  expectAllAccepted(result);
  const { mostParallel } = await ask('report');
  if (mostParallel !== 1) throw new Error(`${mostParallel} requests ran at once.`);
  const took = times.sliceEnd - times.slices;
  const ratio = took / parallelMs;
  console.log('the same features one after another:');
  report(`${seconds(took)}, ${ratio.toFixed(1)} times as long (aim: at least ${aims.speedUp})`, ratio >= aims.speedUp);
}

/** The heap while one large file streams through the whole run, garbage collected before each look. */
async function memory() {
  const connection = await ask('start', { largeBytes, bytesPerToken: 60, deltaLength: 64 });
  const heaps = [];
  let base = 0;
  let length = 0;
  let events = 0;
  const { result } = await generate(connection, ({ type, data }) => {
    if (type !== 'code_chunk' || !data.file.endsWith('/large.ts') || data.isDiscarded) return;
    if (base === 0) base = heapNow();
    events += 1;
    length = Math.max(length, data.offset + data.chunk.length);
    if (length >= ((heaps.length + 1) * largeBytes) / 10) heaps.push(heapNow() - base);
  });
  expectAllAccepted(result);
  await ask('report');
  if (heaps.length < 10) throw new Error(`Only ${length} characters of the large file came.`);
  const most = Math.max(...heaps);
  const halves = [heaps[4], heaps[9] - heaps[4]];
  console.log(`a file of ${largeBytes / 1e6} MB in ${events} pieces, through the whole run:`);
  console.log(
    `  heap after each tenth, in MB more than at its beginning: ${heaps.map((heap) => (heap / 1e6).toFixed(1)).join(' ')}`,
  );
  report(
    `at most ${(most / largeBytes).toFixed(1)} times the file (aim: at most ${aims.memory}); the second half took ${(halves[1] / 1e6).toFixed(1)} MB, the first ${(halves[0] / 1e6).toFixed(1)} MB`,
    most / largeBytes <= aims.memory,
  );
}

function heapNow() {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

try {
  const took = await twelveSlices();
  await oneAfterAnother(took);
  await memory();
} finally {
  const exited = once(service, 'exit');
  service.disconnect();
  await exited;
}
console.log(
  `load average ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')}`,
);
if (missed > 0) process.exitCode = 1;
