import type { Slice } from '../core/slices.ts';
import type { JoinTableView, SliceView } from '../emit/project-view.ts';
import type { FieldTypes } from '../field-types/contract.ts';
import type { EntityDraft } from './entity-draft.ts';
import { type TableNames, tableNames, viewEntities } from './entity-views.ts';
import { camel, isWord, NameSpace, pascal } from './names.ts';
import { linkTables } from './relation-view.ts';

/**
 * Derives what registers slices in a project.
 *
 * The tables of a slice are declared in `src/server/db/features/<slug>.ts`, by the same rules as those of entities: a table `PhoneCall` with the
 * plural `PhoneCalls` is the constant `phoneCalls` and the table `phone_calls`, with `id`, `createdAt` and `updatedAt`; a relation `contact` to one is
 * the column `contactId`, one to many the join table `phoneCallContacts`. A constant that is called as an entity's table, as something that
 * such a file imports, or as a word of the language, ends in `Table` (`postsTable`). Constants are the slice's own; names in the database,
 * which the code of a slice does not see, are also kept apart from those of other slices.
 */
export function viewSlices(
  slices: readonly Slice[],
  entities: readonly EntityDraft[],
  joinTables: readonly JoinTableView[],
  fieldTypes: FieldTypes,
): SliceView[] {
  const { tables } = tableNames();
  const constants = new NameSpace(importedNames);
  for (const { table, tableConst } of [...entities, ...joinTables]) {
    tables.claim(table);
    constants.claim(tableConst);
  }
  const hasDatabase = entities.length > 0 || slices.some((slice) => slice.tables.length > 0);
  return slices.map((slice) =>
    viewSlice(slice, entities, { tables, constants: constants.copy() }, { hasDatabase, fieldTypes }),
  );
}

function viewSlice(
  slice: Slice,
  entities: readonly EntityDraft[],
  names: TableNames,
  { hasDatabase, fieldTypes }: { readonly hasDatabase: boolean; readonly fieldTypes: FieldTypes },
): SliceView {
  const { feature, slug, page, api, routesExport, serverFile } = slice.plan;
  const server = slice.files.find((file) => file.path === serverFile)?.content;
  const own = { tables: names.tables, constants: new NameSpace() };
  // There is no module with the types of a slice's choices, so the column says them itself.
  const drafts = viewEntities(slice.tables, [], fieldTypes, own, { hasModules: false }).map((draft) => ({
    ...draft,
    tableConst: constantOf(draft.source.plural, names.constants),
  }));
  const linked = linkTables(drafts, entities, names);
  return {
    feature: feature.id,
    title: feature.title,
    slug,
    page,
    api: server === undefined ? undefined : api,
    routesExport,
    takesDatabase: hasDatabase && server !== undefined && !takesNothing(server, routesExport),
    component: `${pascal(routesExport).replace(/Routes$/, '')}Screen`,
    usesSchemas: slice.files.some(({ path, content }) => isOfClient(path) && readsSchemas(content)),
    tables: linked.byDependency,
    joinTables: linked.joinTables,
  };
}

/** What the file with the tables imports and declares beside them. */
const importedNames = [
  ...['boolean', 'date', 'doublePrecision', 'index', 'integer', 'numeric', 'pgTable', 'primaryKey', 'text', 'time'],
  ...['clockTime', 'dateTime', 'id', 'timestamps', 'table', 'arguments', 'eval'],
];

/** Short of a clash it is the plural: whoever writes the slice can tell it without having seen the file. */
function constantOf(plural: string, constants: NameSpace): string {
  const name = camel(plural);
  return constants.claim(isWord(name) ? `${name}Table` : name, 'Table');
}

/** Whether the routes are made without a database: `export function reportRoutes()`. */
function takesNothing(code: string, name: string): boolean {
  return new RegExp(`\\b(?:function\\s+${name}|${name}\\s*=\\s*(?:async\\s*)?(?:function)?)\\s*\\(\\s*\\)`).test(code);
}

function isOfClient(path: string): boolean {
  return path.startsWith('src/client/') || path.startsWith('src/shared/');
}

function readsSchemas(code: string): boolean {
  return /from\s*['"]zod['"]/.test(code) || /^import\s+(?!type\b).*from\s*['"][./]+shared\//m.test(code);
}
