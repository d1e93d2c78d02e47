import { Orchestrator } from './core/orchestrator.ts';
import type { Clock, Generator } from './core/ports.ts';
import { ModelEngine, type ModelParts } from './engines/model/model-engine.ts';
import { createProjectId, systemClock } from './local-generator.ts';
import { ProjectRenderer } from './render/renderer.ts';

/** A generator that works on this machine with a language model. Hosts load this module only for runs that have one. */
export function createModelGenerator(parts: ModelParts, clock: Clock = systemClock, projectId?: string): Generator {
  return new Orchestrator({
    createEngine: () => new ModelEngine(parts),
    renderer: new ProjectRenderer(),
    clock,
    createProjectId: () => projectId ?? createProjectId(clock),
  });
}
