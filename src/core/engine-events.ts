import { close } from './close.ts';
import { throwIfCancelled } from './errors.ts';
import type { StreamEvent } from './events.ts';
import type { ModelUsage, UsageEstimate } from './model-usage.ts';
import type { EngineStep } from './ports.ts';
import type { RunEvents } from './run-events.ts';
import { formatTokens, formatUsd, usageFacts } from './run-words.ts';
import type { SliceOutcome } from './slice-outcome.ts';

/** What the steps of an engine add up to over a run. */
export class EngineRecord {
  usage: ModelUsage | undefined;
  readonly notices: string[] = [];

  add(step: EngineStep): void {
    if (step.kind === 'usage') this.usage = step.usage;
    if (step.kind === 'notice' && !this.notices.includes(step.text)) this.notices.push(step.text);
  }
}

/** Says the steps of an engine as events of the run, and returns what the engine returns. */
export async function* engineEvents<T>(
  steps: AsyncGenerator<EngineStep, T, void>,
  run: RunEvents,
  record: EngineRecord,
  signal: AbortSignal,
): AsyncGenerator<StreamEvent, T, void> {
  try {
    for (;;) {
      const step = await steps.next();
      throwIfCancelled(signal);
      if (step.done) return step.value;
      record.add(step.value);
      yield eventOf(step.value, run);
    }
  } finally {
    await close(steps);
  }
}

function eventOf(step: EngineStep, run: RunEvents): StreamEvent {
  switch (step.kind) {
    case 'task':
      return run.task(step.task, step.index, step.total);
    case 'found':
      return run.note(`Found ${step.item} ${step.name}`, { found: { item: step.item, name: step.name } });
    case 'usage':
      return run.note(usageFacts(step.usage).join(', '), { usage: step.usage });
    case 'estimate':
      return run.note(describeEstimate(step.estimate, step.slices), { estimate: step.estimate });
    case 'notice':
      return run.note(step.text, { notice: step.text });
    case 'status':
      return run.note(step.text, {});
    case 'slice':
      return run.slice(describeOutcome(step.outcome), step.outcome);
    case 'chunk':
      return run.chunk(step.data);
  }
}

function describeEstimate(estimate: UsageEstimate, slices: number): string {
  const tokens = formatTokens(estimate.inputTokens + estimate.outputTokens);
  const cost = estimate.costUsd === undefined ? '' : `, ${formatUsd(estimate.costUsd)}`;
  return `Writing ${slices === 1 ? '1 feature' : `${slices} features`} takes about ${tokens} tokens${cost}`;
}

function describeOutcome({ title, status, reason }: SliceOutcome): string {
  switch (status) {
    case 'writing':
      return `Writing feature: ${title}`;
    case 'checking':
      return `Checking feature: ${title}`;
    case 'repairing':
      return `Repairing feature: ${title}`;
    case 'accepted':
      return `Feature ready: ${title}`;
    case 'left-out':
      return `Feature left out: ${title}. ${reason ?? ''}`.trimEnd();
  }
}
