import { Orchestrator } from './core/orchestrator.ts';
import type { Clock, Generator } from './core/ports.ts';
import { OfflineEngine } from './engines/offline/offline-engine.ts';
import { fieldTypes } from './field-types/catalog.ts';
import { moduleCatalog, moduleSpecs } from './modules/catalog.ts';
import { ProjectRenderer } from './render/renderer.ts';

/** Real time, for hosts. */
export const systemClock: Clock = { now: () => Date.now() };

/**
 * A generator that works on this machine with the offline engine: no key, no network. `projectId` is the id of its one project; without it
 * each run gets a new one.
 */
export function createLocalGenerator(clock: Clock = systemClock, projectId?: string): Generator {
  return new Orchestrator({
    createEngine: () => new OfflineEngine({ fieldTypes, modules: moduleSpecs }),
    renderer: new ProjectRenderer({ fieldTypes, modules: moduleCatalog }),
    clock,
    createProjectId: () => projectId ?? createProjectId(clock),
  });
}

/** A new id for a project: the time, and four hexadecimal digits so that two within a millisecond differ. */
export function createProjectId(clock: Clock): string {
  const [value = 0] = crypto.getRandomValues(new Uint16Array(1));
  return `proj-${clock.now()}-${value.toString(16).padStart(4, '0')}`;
}
