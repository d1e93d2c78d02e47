import { availableParallelism, loadavg } from 'node:os';
import { initialRunState, reduceRun } from '../src/core/run-state.ts';
import { TrackerBrowser } from '../test/webview/harness.ts';

/**
 * Measures how many events the reducer takes, and whether the tracker keeps its frames while 2,000 pieces of files
 * arrive each second, in Chromium and with 2,000 files in the list. `--seconds=N` sets for how long they arrive.
 */
const chunksPerSecond = 2000;
const batchEvery = 33;
const knownFiles = 2000;
const chunksPerFile = 100;
const seconds = Number(process.argv.find((argument) => argument.startsWith('--seconds='))?.slice(10) ?? 5);

/** @param {number} index @returns {import('../src/core/events.ts').StreamEvent} the piece of that number */
function chunk(index) {
  const place = index % chunksPerFile;
  const text = `export const value${place} = compute(${place}, 'a line like those of a generated file'); // ${index}\n`;
  return {
    type: 'code_chunk',
    phase: 'frontend',
    message: 'Writing a file',
    progress: 75,
    at: Date.now(),
    data: {
      file: `web/src/pages/page-${Math.floor(index / chunksPerFile)}/page-${Math.floor(index / chunksPerFile)}.tsx`,
      chunk: text,
      offset: place * 80,
      isComplete: place === chunksPerFile - 1,
    },
  };
}

/** @returns {import('../src/core/events.ts').StreamEvent} the whole of a file in one piece */
function wholeFile(index) {
  const event = chunk(chunksPerFile - 1);
  return { ...event, data: { ...event.data, file: `server/src/known/file-${index}.ts`, offset: 0, isComplete: true } };
}

/** @param {number[]} sorted @param {number} share from 0 to 1 */
const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

const start = {
  type: 'phase_start',
  phase: 'frontend',
  message: 'Generating UI components',
  progress: 70,
  at: Date.now(),
};

function benchReducer() {
  const known = [start, ...Array.from({ length: knownFiles }, (_, index) => wholeFile(index))];
  const base = known.reduce(reduceRun, initialRunState);
  const events = Array.from({ length: 50_000 }, (_, index) => chunk(index));
  events.slice(0, 5000).reduce(reduceRun, base); // lets the compiler warm up
  const rates = Array.from({ length: 5 }, () => {
    const began = performance.now();
    events.reduce(reduceRun, base);
    return events.length / ((performance.now() - began) / 1000);
  }).sort((a, b) => a - b);
  return { base, perSecond: Math.round(quantile(rates, 0.5)) };
}

/** Runs in the page: posts batches as the host does, and notes the time between frames. */
async function feed({ batches, every }) {
  const frames = [];
  let last = performance.now();
  let isDone = false;
  const finished = new Promise((resolve) => {
    requestAnimationFrame(function frame(now) {
      frames.push(now - last);
      last = now;
      if (isDone) resolve(undefined);
      else requestAnimationFrame(frame);
    });
  });
  const began = performance.now();
  for (const [index, events] of batches.entries()) {
    const wait = began + index * every - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    if (events.length > 0) window.postMessage({ type: 'events', events });
  }
  const lag = performance.now() - (began + batches.length * every);
  isDone = true;
  await finished;
  return { frames: frames.slice(2), elapsed: performance.now() - began, lag };
}

/** Runs in the page: posts everything at once and waits until the last piece is on the screen. */
async function burst({ batches, lastText }) {
  const began = performance.now();
  for (const events of batches) window.postMessage({ type: 'events', events });
  while (!document.querySelector('.live-text')?.textContent?.includes(lastText)) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  return performance.now() - began;
}

/** @param {number[]} frames milliseconds between frames */
function frameReport(frames) {
  const sorted = frames.toSorted((a, b) => a - b);
  const above = (limit) => `${((100 * frames.filter((time) => time > limit).length) / frames.length).toFixed(1)} %`;
  const mean = frames.reduce((sum, time) => sum + time, 0) / frames.length;
  return [
    `${(1000 / mean).toFixed(1)} frames/s`,
    `median ${quantile(sorted, 0.5).toFixed(1)} ms`,
    `p95 ${quantile(sorted, 0.95).toFixed(1)} ms`,
    // A frame that is on time differs from 16.7 ms by the clock's jitter.
    `${above(17.7)} above 16.7 ms`,
    `${above(33.4)} above 33 ms`,
  ].join(', ');
}

async function metricsOf(session) {
  const { metrics } = await session.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

const { base, perSecond } = benchReducer();
console.log(`machine: ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}`);
console.log(`reducer: ${perSecond.toLocaleString('en')} events/s with ${knownFiles.toLocaleString('en')} files known`);

const browser = await TrackerBrowser.start();
try {
  for (const width of [420, 900]) {
    const tracker = await browser.open({ width, height: 800 });
    const about = { projectName: 'Bench', target: '~/bench', isInterrupted: false, coverage: undefined };
    const state = { ...about, actions: ['cancel'], run: base };
    await tracker.post({ type: 'snapshot', state });
    const session = await tracker.page.context().newCDPSession(tracker.page);
    // Time the page's thread has computed, without what it has waited for others on a busy machine.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });

    const count = Math.round((seconds * 1000) / batchEvery);
    const size = Math.round((chunksPerSecond * batchEvery) / 1000);
    const batches = Array.from({ length: count }, (_, batch) =>
      Array.from({ length: size }, (_, index) => chunk(batch * size + index)),
    );
    const idle = await tracker.page.evaluate(feed, { batches: batches.slice(0, 60).map(() => []), every: batchEvery });
    const before = await metricsOf(session);
    const busy = await tracker.page.evaluate(feed, { batches, every: batchEvery });
    const after = await metricsOf(session);

    const perFrame = (name) => (((after[name] - before[name]) * 1000) / busy.frames.length).toFixed(1);
    const share = (((after.TaskDuration - before.TaskDuration) * 1000) / busy.elapsed) * 100;
    console.log(
      `\npanel at ${width} px, ${Math.round((count * size * 1000) / busy.elapsed)} chunks/s for ${seconds} s:`,
    );
    console.log(`  without events:  ${frameReport(idle.frames)}`);
    console.log(`  with events:     ${frameReport(busy.frames)}`);
    console.log(
      `  main thread:     ${perFrame('TaskDuration')} ms of computing a frame (script ${perFrame('ScriptDuration')}, ` +
        `style ${perFrame('RecalcStyleDuration')}, layout ${perFrame('LayoutDuration')}), busy ${share.toFixed(0)} % of the time`,
    );

    const total = 40_000;
    const first = count * size + chunksPerFile;
    const pieces = Array.from({ length: total }, (_, index) => chunk(first + index));
    const took = await tracker.page.evaluate(burst, {
      batches: Array.from({ length: total / 1000 }, (_, index) => pieces.slice(index * 1000, (index + 1) * 1000)),
      lastText: `// ${first + total - 1}`,
    });
    console.log(`  at full speed:   ${Math.round(total / (took / 1000)).toLocaleString('en')} events/s until shown`);
    await tracker.close();
  }
} finally {
  await browser.close();
}
