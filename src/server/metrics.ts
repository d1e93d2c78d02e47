import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { StreamEvent } from '../core/events.ts';
import { type ModelUsage, noUsage, type TokenUsage } from '../core/model-usage.ts';

/** What the server counts, in the text format of Prometheus. One per server, so that several in a process do not mix. */
export class Metrics {
  readonly registry = new Registry();
  readonly runs = new Counter({
    name: 'takoss_runs_total',
    help: 'Runs that ended, by outcome.',
    labelNames: ['outcome'],
    registers: [this.registry],
  });
  readonly openStreams = new Gauge({
    name: 'takoss_open_streams',
    help: 'Streams that are open now.',
    registers: [this.registry],
  });
  readonly events = new Counter({
    name: 'takoss_events_total',
    help: 'Events of runs that reached the journal.',
    registers: [this.registry],
  });
  readonly streamBytes = new Counter({
    name: 'takoss_stream_bytes_total',
    help: 'Bytes of events and heartbeats handed to connections.',
    registers: [this.registry],
  });
  readonly damagedJournals = new Counter({
    name: 'takoss_damaged_journals_total',
    help: 'Journals that were found damaged and set aside.',
    registers: [this.registry],
  });
  readonly phaseSeconds = new Histogram({
    name: 'takoss_phase_duration_seconds',
    help: 'How long phases took.',
    labelNames: ['phase'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300],
    registers: [this.registry],
  });
  readonly modelTokens = new Counter({
    name: 'takoss_model_tokens_total',
    help: 'Tokens that language models read (input, cached, cache-write) and wrote (output); the offline engine uses none.',
    labelNames: ['direction'],
    registers: [this.registry],
  });
  readonly modelCost = new Counter({
    name: 'takoss_model_cost_usd_total',
    help: 'What language models cost in US dollars, where their price is known.',
    registers: [this.registry],
  });
  readonly features = new Counter({
    name: 'takoss_model_features_total',
    help: 'Features that language models were asked to write, by what became of them.',
    labelNames: ['outcome'],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
    for (const outcome of ['succeeded', 'failed', 'cancelled']) this.runs.inc({ outcome }, 0);
    for (const direction of Object.keys(directions)) this.modelTokens.inc({ direction }, 0);
    for (const outcome of ['accepted', 'left-out']) this.features.inc({ outcome }, 0);
  }

  /** Follows the events of one run. */
  follow(): (event: StreamEvent) => void {
    const started = new Map<string, number>();
    let used: Used = noUsage;
    return (event) => {
      if (event.type === 'phase_start') started.set(event.phase, performance.now());
      if (event.type === 'phase_progress') {
        const { usage, slice } = event.data ?? {};
        if (usage !== undefined) {
          // Events tell the total of the run: what was counted before is not counted again.
          this.#countUsage(used, usage);
          used = usage;
        }
        if (slice?.status === 'accepted' || slice?.status === 'left-out') this.features.inc({ outcome: slice.status });
      }
      if (event.type !== 'phase_complete') return;
      const start = started.get(event.phase);
      if (start !== undefined) this.phaseSeconds.observe({ phase: event.phase }, (performance.now() - start) / 1000);
    };
  }

  #countUsage(before: Used, now: Used): void {
    for (const [direction, field] of Object.entries(directions)) {
      this.modelTokens.inc({ direction }, Math.max(0, now[field] - before[field]));
    }
    this.modelCost.inc(Math.max(0, (now.costUsd ?? 0) - (before.costUsd ?? 0)));
  }
}

type Used = TokenUsage & Pick<ModelUsage, 'costUsd'>;

const directions = {
  input: 'inputTokens',
  cached: 'cachedTokens',
  'cache-write': 'cacheWriteTokens',
  output: 'outputTokens',
} as const satisfies Record<string, keyof TokenUsage>;
