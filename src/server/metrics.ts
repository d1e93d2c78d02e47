import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { StreamEvent } from '../core/events.ts';

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
  readonly phaseSeconds = new Histogram({
    name: 'takoss_phase_duration_seconds',
    help: 'How long phases took.',
    labelNames: ['phase'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300],
    registers: [this.registry],
  });
  readonly modelTokens = new Counter({
    name: 'takoss_model_tokens_total',
    help: 'Tokens that language models read and wrote; the offline engine uses none.',
    labelNames: ['direction'],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
    for (const outcome of ['succeeded', 'failed', 'cancelled']) this.runs.inc({ outcome }, 0);
    for (const direction of ['input', 'output']) this.modelTokens.inc({ direction }, 0);
  }

  /** Follows the events of one run. */
  phaseTimer(): (event: StreamEvent) => void {
    const started = new Map<string, number>();
    return (event) => {
      if (event.type === 'phase_start') started.set(event.phase, performance.now());
      if (event.type !== 'phase_complete') return;
      const start = started.get(event.phase);
      if (start !== undefined) this.phaseSeconds.observe({ phase: event.phase }, (performance.now() - start) / 1000);
      this.#countTokens(event.data?.usage);
    };
  }

  /** A phase in which a model worked says so as `data.usage { inputTokens, outputTokens }`. */
  #countTokens(usage: unknown): void {
    if (typeof usage !== 'object' || usage === null) return;
    const { inputTokens, outputTokens } = usage as { inputTokens?: unknown; outputTokens?: unknown };
    if (typeof inputTokens === 'number' && inputTokens > 0) this.modelTokens.inc({ direction: 'input' }, inputTokens);
    if (typeof outputTokens === 'number' && outputTokens > 0) {
      this.modelTokens.inc({ direction: 'output' }, outputTokens);
    }
  }
}
