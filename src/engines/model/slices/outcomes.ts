import type { EngineStep } from '../../../core/ports.ts';
import type { SliceCheck, SliceOutcome } from '../../../core/slice-outcome.ts';
import type { SlicePlan } from '../../../core/slices.ts';

/** What became of the slices so far. Says every change, and nothing twice. */
export class SliceOutcomes {
  readonly #say: (step: EngineStep) => void;
  readonly #latest = new Map<string, SliceOutcome>();

  constructor(say: (step: EngineStep) => void) {
    this.#say = say;
  }

  working(plan: SlicePlan, status: 'writing' | 'checking' | 'repairing'): void {
    this.#enter(plan, { status });
  }

  /** `whyUnchecked` is why it did not go through all checks, as a sentence. */
  accepted(plan: SlicePlan, checked: readonly SliceCheck[], isKept: boolean, whyUnchecked?: string): void {
    this.#enter(plan, {
      status: 'accepted',
      checked: [...checked],
      ...(whyUnchecked === undefined ? {} : { whyUnchecked }),
      ...(isKept ? { isKept } : {}),
    });
  }

  leftOut(plan: SlicePlan, reason: string): void {
    this.#enter(plan, { status: 'left-out', reason });
  }

  of({ feature }: SlicePlan): SliceOutcome | undefined {
    return this.#latest.get(feature.id);
  }

  #enter({ feature }: SlicePlan, rest: Omit<SliceOutcome, 'feature' | 'title'>): void {
    const outcome = { feature: feature.id, title: feature.title, ...rest };
    if (this.#latest.get(feature.id)?.status === outcome.status) return;
    this.#latest.set(feature.id, outcome);
    this.#say({ kind: 'slice', outcome });
  }
}
