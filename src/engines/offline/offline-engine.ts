import type { BlueprintDraft } from '../../core/blueprint-draft.ts';
import type { ModuleSpec } from '../../core/module-spec.ts';
import type { Engine, EngineStep } from '../../core/ports.ts';
import type { ProjectRequest } from '../../core/request.ts';
import { readRequirements } from '../../reading/read-requirements.ts';

/** The engine that needs no key and no network: it reads by rules, and leaves to the renderer what the renderer can build. */
export class OfflineEngine implements Engine {
  readonly name = 'offline';
  readonly #modules: readonly ModuleSpec[];

  /** `modules`: those that texts can ask for. */
  constructor({ modules }: { readonly modules: readonly ModuleSpec[] }) {
    this.#modules = modules;
  }

  analyze(
    request: ProjectRequest,
    { signal }: { signal: AbortSignal },
  ): AsyncGenerator<EngineStep, BlueprintDraft, void> {
    return readRequirements(request, { signal, modules: this.#modules });
  }
}
