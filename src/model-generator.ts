import { Orchestrator } from './core/orchestrator.ts';
import type { Clock, Generator } from './core/ports.ts';
import type { SliceChecker } from './core/slices.ts';
import { ModelEngine, type ModelParts } from './engines/model/model-engine.ts';
import { RulesFallback } from './engines/model/rules-fallback.ts';
import { fieldTypes } from './field-types/catalog.ts';
import { createProjectId, systemClock } from './local-generator.ts';
import { moduleCatalog, moduleSpecs } from './modules/catalog.ts';
import { ProjectRenderer } from './render/renderer.ts';

export interface ModelGeneratorParts extends Omit<ModelParts, 'fieldTypes' | 'modules'> {
  /** Whether rules go on where the model fails. Hosts that can ask a person what to do throw instead. */
  readonly fallsBack?: boolean;
}

/** A generator that works on this machine with a language model. Hosts load this module only for runs that have one. */
export function createModelGenerator(
  { fallsBack = false, ...parts }: ModelGeneratorParts,
  clock: Clock = systemClock,
  projectId?: string,
): Generator {
  const known = { fieldTypes, modules: moduleSpecs };
  const createModelEngine = () => new ModelEngine({ ...parts, ...known });
  const generator = new Orchestrator({
    createEngine: fallsBack ? () => new RulesFallback(createModelEngine(), known) : createModelEngine,
    renderer: new ProjectRenderer({ fieldTypes, modules: moduleCatalog }),
    clock,
    createProjectId: () => projectId ?? createProjectId(clock),
  });
  return parts.checker === undefined ? generator : withCleanUp(generator, parts.checker);
}

/** Removes what checking left, however the run ends. */
function withCleanUp(generator: Generator, checker: SliceChecker): Generator {
  return {
    async *generate(request, options) {
      try {
        return yield* generator.generate(request, options);
      } finally {
        await checker.dispose();
      }
    },
  };
}
