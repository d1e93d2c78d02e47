import type { BlueprintDraft } from '../../src/core/blueprint-draft.ts';
import type { GenerationResult, StreamEvent } from '../../src/core/events.ts';
import { Orchestrator } from '../../src/core/orchestrator.ts';
import type { Clock, Engine, Generation, Renderer } from '../../src/core/ports.ts';
import { emptyOutline } from '../../src/core/project-outline.ts';
import type { RenderedFile } from '../../src/core/rendered-project.ts';
import { fieldTypes } from '../../src/field-types/catalog.ts';

/** A clock that ticks a millisecond per question. */
export function tickingClock(): Clock {
  let now = 1_000_000;
  return { now: () => now++ };
}

/** An orchestrator over a given blueprint and given files, without any language or template work. */
export function fakeOrchestrator(
  blueprint: BlueprintDraft,
  files: readonly RenderedFile[],
  projectId = 'proj-1',
): Orchestrator {
  const engine: Engine = {
    name: 'offline',
    async *analyze() {
      yield { kind: 'task', task: 'Reading', index: 1, total: 2 };
      yield { kind: 'task', task: 'Relating', index: 2, total: 2 };
      return blueprint;
    },
  };
  const renderer: Renderer = {
    fieldTypes,
    planSlices: () => [],
    render: () => ({
      files,
      database: { dialect: 'postgresql', tables: blueprint.entities.map((item) => item.plural.toLowerCase()) },
      frontend: { components: ['Home'], pages: ['/'] },
      deployment: { targets: ['docker'] },
      outline: emptyOutline,
    }),
  };
  return new Orchestrator({
    createEngine: () => engine,
    renderer,
    clock: tickingClock(),
    createProjectId: () => projectId,
  });
}

/** Runs a generation to its end. `onEvent` may abort it. What it throws is returned. */
export async function collect(
  generation: Generation,
  onEvent: (event: StreamEvent) => void = () => {},
): Promise<{ events: StreamEvent[]; result?: GenerationResult; error?: unknown }> {
  const events: StreamEvent[] = [];
  try {
    for (;;) {
      const next = await generation.next();
      if (next.done) return { events, result: next.value };
      events.push(next.value);
      onEvent(next.value);
    }
  } catch (error) {
    return { events, error };
  }
}
