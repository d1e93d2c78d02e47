import type { Blueprint, Entity } from '../core/blueprint.ts';
import type { Contribution } from '../core/contribution.ts';
import type { ProjectRequest } from '../core/request.ts';
import type { Helpers } from '../emit/helpers.ts';
import type { FieldTypes } from '../field-types/contract.ts';
import type { ApplicationModule, BlueprintAddition } from '../modules/contract.ts';
import { viewProject } from './view-builder.ts';

/** The blueprint with what its modules keep as entities, in the order of the catalogue, in which a module comes after those it requires. */
export function extendBlueprint(blueprint: Blueprint, modules: readonly ApplicationModule[]): Blueprint {
  return usesOf(blueprint, modules).reduce(
    (extended, { module, use }) => added(extended, module.extend(extended, use)),
    blueprint,
  );
}

interface ContributionParts {
  readonly fieldTypes: FieldTypes;
  readonly modules: readonly ApplicationModule[];
  readonly helpers: Helpers;
}

/** What the modules of a blueprint, which has been extended, contribute to its application. */
export function contributionsOf(
  blueprint: Blueprint,
  request: ProjectRequest,
  { fieldTypes, modules, helpers }: ContributionParts,
): readonly Contribution[] {
  const uses = usesOf(blueprint, modules);
  if (uses.length === 0) return [];
  const project = viewProject(blueprint, request, fieldTypes);
  return uses.map(({ module, use }) => module.contribute(project, use, helpers));
}

/** A blueprint is held against the catalogue before it gets here. */
function usesOf(blueprint: Blueprint, modules: readonly ApplicationModule[]) {
  return modules.flatMap((module) =>
    blueprint.modules.filter(({ id }) => id === module.spec.id).map((use) => ({ module, use })),
  );
}

function added(blueprint: Blueprint, addition: BlueprintAddition): Blueprint {
  const { actors = [], entities = [], pages = [], fields = [], relations = [] } = addition;
  const withMembers = (entity: Entity): Entity => ({
    ...entity,
    fields: [...entity.fields, ...fields.flatMap((item) => (item.entity === entity.id ? [item.field] : []))],
    relations: [
      ...entity.relations,
      ...relations.flatMap((item) => (item.entity === entity.id ? [item.relation] : [])),
    ],
  });
  return {
    ...blueprint,
    actors: [...blueprint.actors, ...actors],
    entities: [...blueprint.entities.map(withMembers), ...entities],
    pages: [...blueprint.pages, ...pages],
  };
}
