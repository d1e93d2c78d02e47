import type { BlueprintDraft } from '../../core/blueprint-draft.ts';
import type { Engine, EngineStep } from '../../core/ports.ts';
import type { ProjectRequest } from '../../core/request.ts';
import type { FieldTypes } from '../../field-types/contract.ts';
import { readRequirements } from '../../reading/read-requirements.ts';

/** The engine that needs no key and no network: it reads by rules, and leaves to the renderer what the renderer can build. */
export class OfflineEngine implements Engine {
  readonly name = 'offline';
  readonly #fieldTypes: FieldTypes;

  constructor({ fieldTypes }: { readonly fieldTypes: FieldTypes }) {
    this.#fieldTypes = fieldTypes;
  }

  analyze(request: ProjectRequest, options: { signal: AbortSignal }): AsyncGenerator<EngineStep, BlueprintDraft, void> {
    return readRequirements(request, { ...options, fieldTypes: this.#fieldTypes.specs });
  }
}
