import type { BlueprintDraft } from '../../core/blueprint-draft.ts';
import type { Engine, EngineStep } from '../../core/ports.ts';
import type { ProjectRequest } from '../../core/request.ts';
import { readRequirements } from '../../reading/read-requirements.ts';
import type { RulesParts } from '../../reading/rules-parts.ts';

/** The engine that needs no key and no network: it reads by rules, and leaves to the renderer what the renderer can build. */
export class OfflineEngine implements Engine {
  readonly name = 'offline';
  readonly #parts: RulesParts;

  constructor(parts: RulesParts) {
    this.#parts = parts;
  }

  analyze(request: ProjectRequest, options: { signal: AbortSignal }): AsyncGenerator<EngineStep, BlueprintDraft, void> {
    const { fieldTypes, modules } = this.#parts;
    return readRequirements(request, { ...options, fieldTypes: fieldTypes.specs, modules });
  }
}
