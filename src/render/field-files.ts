import type { ProjectView } from '../emit/project-view.ts';
import type { Template } from '../emit/template.ts';
import type { FieldTypes } from '../field-types/contract.ts';

/** The files of field types, by whether the project has such fields. */
export interface FieldFiles {
  readonly used: readonly Template[];
  readonly unused: readonly Template[];
}

/** Tables of modules have columns, but neither forms nor schemas that come with them. */
export function fieldFiles({ entities, modules }: ProjectView, fieldTypes: FieldTypes): FieldFiles {
  const typesOf = (tables: ProjectView['entities']): Set<string> =>
    new Set(tables.flatMap(({ fields }) => fields.map(({ type }) => type)));
  const ofEntities = typesOf(entities);
  const ofTables = new Set([...ofEntities, ...typesOf(modules.flatMap(({ tables }) => tables))]);
  const used: Template[] = [];
  const unused: Template[] = [];
  for (const { spec, build } of fieldTypes.all) {
    for (const template of build.templates) {
      const types = template.path.startsWith('src/server/db/') ? ofTables : ofEntities;
      (types.has(spec.id) ? used : unused).push(template);
    }
  }
  return { used, unused };
}
