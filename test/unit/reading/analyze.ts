import { type BlueprintDraft, blueprintDraftSchema, type Entity } from '../../../src/core/blueprint-draft.ts';
import type { TaskData } from '../../../src/core/events.ts';
import { OfflineEngine } from '../../../src/engines/offline/offline-engine.ts';
import { fieldTypes } from '../../../src/field-types/catalog.ts';
import { moduleSpecs } from '../../../src/modules/catalog.ts';

/** Runs the engine to its end. The blueprint has passed its schema. */
export async function analyze(requirements: string, projectName = 'Sample', description = ''): Promise<BlueprintDraft> {
  return (await analyzeWithTasks(requirements, projectName, description)).blueprint;
}

export async function analyzeWithTasks(requirements: string, projectName = 'Sample', description = '') {
  const signal = new AbortController().signal;
  const run = new OfflineEngine({ fieldTypes, modules: moduleSpecs }).analyze(
    { projectName, description, requirements },
    { signal },
  );
  const tasks: TaskData[] = [];
  let next = await run.next();
  for (; !next.done; next = await run.next()) {
    if (next.value.kind !== 'task') continue;
    const { task, index, total } = next.value;
    tasks.push({ task, index, total });
  }
  return { blueprint: blueprintDraftSchema.parse(next.value), tasks };
}

export function entity(blueprint: BlueprintDraft, name: string): Entity {
  const found = blueprint.entities.find((candidate) => candidate.name === name);
  if (!found)
    throw new Error(`no entity ${name} among ${blueprint.entities.map((one) => one.name).join(', ') || 'none'}`);
  return found;
}

export function names(blueprint: BlueprintDraft): string[] {
  return blueprint.entities.map(({ name }) => name);
}

/** `title:string author:string`, to read in an assertion. */
export function fieldList(one: Entity): string[] {
  return one.fields.map(({ name, type }) => `${name}:${type}`);
}

/** `category>Category many-to-one!` */
export function relationList(one: Entity): string[] {
  return one.relations.map(({ name, kind, target, required }) => `${name}>${target} ${kind}${required ? '!' : ''}`);
}
