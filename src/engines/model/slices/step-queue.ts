import type { EngineStep } from '../../../core/ports.ts';

/** A piece that waits for a slow consumer grows to about this many UTF-16 units before the next one begins. */
const longestPiece = 16_384;

/**
 * Merges the steps of slices that are written at the same time into one sequence. A consumer that is slower than the models finds the
 * pieces of a file joined; what waits is bounded by what the answers may have.
 */
export class StepQueue {
  #steps: EngineStep[] = [];
  /** Where the latest piece of each file stands in `#steps`. */
  readonly #latest = new Map<string, number>();
  #end: { readonly error?: unknown } | undefined;
  #wake: (() => void) | undefined;

  push(step: EngineStep): void {
    if (this.#end !== undefined) return;
    if (step.kind === 'chunk' && this.#join(step)) return;
    this.#steps.push(step);
    if (step.kind === 'chunk') this.#latest.set(step.data.file, this.#steps.length - 1);
    this.#wake?.();
  }

  /** Lets the consumer have what was said until now, and no more. */
  close(): void {
    this.#end ??= {};
    this.#wake?.();
  }

  /** Throws this at the consumer, at once: what was said and not taken is dropped. */
  fail(error: unknown): void {
    this.#end = { error };
    this.#steps = [];
    this.#wake?.();
  }

  async *drain(): AsyncGenerator<EngineStep, void, void> {
    for (;;) {
      const steps = this.#steps;
      this.#steps = [];
      this.#latest.clear();
      for (const step of steps) {
        if (this.#end !== undefined && 'error' in this.#end) break;
        yield step;
      }
      if (this.#steps.length > 0) continue;
      if (this.#end !== undefined) {
        if ('error' in this.#end) throw this.#end.error;
        return;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Adds a piece to the one of its file that still waits, where it follows on it. Whose turn it is among files does not matter. */
  #join({ data }: EngineStep & { kind: 'chunk' }): boolean {
    const index = this.#latest.get(data.file);
    const step = index === undefined ? undefined : this.#steps[index];
    if (index === undefined || step?.kind !== 'chunk' || data.offset === undefined) return false;
    const { offset, chunk, isDiscarded } = step.data;
    if (isDiscarded === true || offset === undefined || chunk.length >= longestPiece) return false;
    if (data.offset !== offset + chunk.length) return false;
    this.#steps[index] = { kind: 'chunk', data: { ...step.data, chunk: chunk + data.chunk } };
    return true;
  }
}
