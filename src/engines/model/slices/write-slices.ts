import type { EngineStep, SliceWork } from '../../../core/ports.ts';
import type { SliceReport } from '../../../core/slices.ts';
import type { ModelSession } from '../session.ts';

/** Has the model write a slice for each plan, and accepts what works. */
export async function* writeSlices(
  work: SliceWork,
  _session: ModelSession,
  _options: { readonly signal: AbortSignal },
): AsyncGenerator<EngineStep, SliceReport, void> {
  const outcomes = work.plans.map(({ feature }) => ({
    feature: feature.id,
    title: feature.title,
    status: 'left-out' as const,
    reason: 'Nobody wrote it.',
  }));
  for (const outcome of outcomes) yield { kind: 'slice', outcome };
  return { accepted: [], outcomes };
}
