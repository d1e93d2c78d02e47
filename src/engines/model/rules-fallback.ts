import type { BlueprintDraft } from '../../core/blueprint-draft.ts';
import { type ErrorCode, TakossError } from '../../core/errors.ts';
import type { Engine, EngineStep, SliceWork } from '../../core/ports.ts';
import type { ProjectRequest } from '../../core/request.ts';
import type { SliceReport } from '../../core/slices.ts';
import { readRequirements } from '../../reading/read-requirements.ts';
import type { RulesParts } from '../../reading/rules-parts.ts';

/** Failures of the service, the key or the connection. What the caller did, and faults of Takoss, are thrown. */
const failures: ReadonlySet<ErrorCode> = new Set([
  'model',
  'model-key',
  'model-credit',
  'model-unknown',
  'model-overloaded',
  'rate-limit',
  'network',
  'budget',
]);

/** An engine with a model for callers who cannot be asked: where the model fails, rules go on, and a notice says so. One per run. */
export class RulesFallback implements Engine {
  readonly name: Engine['name'];
  readonly #engine: Engine;
  readonly #reading: RulesParts;
  /** Why the model is not asked any more. */
  #failure: string | undefined;

  /** `reading`: what rules know of. */
  constructor(engine: Engine, reading: RulesParts) {
    this.name = engine.name;
    this.#engine = engine;
    this.#reading = reading;
  }

  async *analyze(
    request: ProjectRequest,
    options: { signal: AbortSignal },
  ): AsyncGenerator<EngineStep, BlueprintDraft, void> {
    try {
      return yield* this.#engine.analyze(request, options);
    } catch (error) {
      this.#failure = failureOf(error);
      yield { kind: 'notice', text: `The requirements were read by rules, because the model failed. ${this.#failure}` };
      const { fieldTypes, modules } = this.#reading;
      return yield* readRequirements(request, { ...options, fieldTypes: fieldTypes.specs, modules });
    }
  }

  async *writeSlices(work: SliceWork, options: { signal: AbortSignal }): AsyncGenerator<EngineStep, SliceReport, void> {
    if (this.#failure === undefined && this.#engine.writeSlices !== undefined) {
      try {
        return yield* this.#engine.writeSlices(work, options);
      } catch (error) {
        this.#failure = failureOf(error);
        yield { kind: 'notice', text: `No features were written, because the model failed. ${this.#failure}` };
      }
    }
    const reason = `The model failed. ${this.#failure ?? ''}`.trim();
    const outcomes = work.plans.map(({ feature: { id, title } }) => {
      return { feature: id, title, status: 'left-out' as const, reason };
    });
    for (const outcome of outcomes) yield { kind: 'slice', outcome };
    return { accepted: [], outcomes };
  }
}

/** The sentence of a failure that rules can make up for. Throws every other one. */
function failureOf(error: unknown): string {
  if (error instanceof TakossError && failures.has(error.code)) return error.message;
  throw error;
}
