import type { Contribution } from '../core/contribution.ts';
import type { Slice } from '../core/slices.ts';
import { type SlotCodes, type SlotName, type Slots, slotNames } from '../core/slots.ts';
import type { JoinTableView, ModuleView } from '../emit/project-view.ts';
import type { FieldTypes } from '../field-types/contract.ts';
import type { EntityDraft } from './entity-draft.ts';
import { type TableNames, tableNames, viewEntities } from './entity-views.ts';
import { camel, isWord, NameSpace } from './names.ts';
import { linkTables } from './relation-view.ts';
import { declaringNames } from './schema-names.ts';

/**
 * Derives what registers contributions in a project.
 *
 * The tables of one are declared in `src/server/modules/<id>/tables.ts`, by the same rules as those of entities: a table `PhoneCall` with the
 * plural `PhoneCalls` is the constant `phoneCalls` and the table `phone_calls`, with `id`, `createdAt` and `updatedAt`; a relation `contact` to one is
 * the column `contactId`, one to many the join table `phoneCallContacts`. A constant that is called as an entity's table, as something that
 * such a file imports, or as a word of the language, ends in `Table` (`postsTable`). Constants are the contribution's own; names in the
 * database, which its code does not see, are also kept apart from those of others.
 */
export function viewModules(
  contributions: readonly Contribution[],
  entities: readonly EntityDraft[],
  joinTables: readonly JoinTableView[],
  fieldTypes: FieldTypes,
): ModuleView[] {
  const { tables } = tableNames();
  const constants = new NameSpace(declaringNames);
  for (const { table, tableConst } of [...entities, ...joinTables]) {
    tables.claim(table);
    constants.claim(tableConst);
  }
  const variables = new NameSpace();
  return contributions.map((contribution) =>
    viewModule(contribution, entities, { tables, constants: constants.copy(), variables }, fieldTypes),
  );
}

/** What all contributions put into each slot, in their order. */
export function slotsOf(contributions: readonly Contribution[]): Slots {
  const all: { [Name in SlotName]?: SlotCodes[Name][] } = {};
  const take = <Name extends SlotName>(name: Name): void => {
    const codes = contributions.flatMap(({ slots }): readonly SlotCodes[Name][] => slots[name] ?? []);
    if (codes.length > 0) Object.assign(all, { [name]: codes });
  };
  for (const name of slotNames) take(name);
  return all;
}

function viewModule(
  contribution: Contribution,
  entities: readonly EntityDraft[],
  { variables, ...names }: TableNames & { readonly variables: NameSpace },
  fieldTypes: FieldTypes,
): ModuleView {
  const { id, title, seeds, slots } = contribution;
  const own = { tables: names.tables, constants: new NameSpace() };
  // There is no file with the types of its choices, so the column says them itself.
  const drafts = viewEntities(contribution.tables, [], fieldTypes, own, { hasModules: false }).map((draft) => ({
    ...draft,
    tableConst: constantOf(draft.source.plural, names.constants),
  }));
  const linked = linkTables(drafts, entities, names);
  const has = (pattern: RegExp): boolean => slotNames.some((name) => pattern.test(name) && slots[name] !== undefined);
  return {
    id,
    title,
    feature: 'plan' in contribution ? (contribution as Slice).plan.feature.id : undefined,
    camel: variables.claim(identifierOf(id)),
    hasServer: drafts.length > 0 || seeds.length > 0 || has(/^(server|resource|query)\./),
    hasClient: has(/^client\./),
    page: slots['client.route']?.[0]?.path,
    api: slots['server.routes']?.[0]?.path,
    tables: linked.byDependency,
    joinTables: linked.joinTables,
    seeds,
    slots,
  };
}

/** `import-contacts` → `importContacts`. Nothing that begins with a digit is an identifier. */
function identifierOf(id: string): string {
  const name = id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return /^[0-9]/.test(name) ? `module${name}` : name;
}

/** Short of a clash it is the plural: whoever writes the slice can tell it without having seen the file. */
function constantOf(plural: string, constants: NameSpace): string {
  const name = camel(plural);
  return constants.claim(isWord(name) ? `${name}Table` : name, 'Table');
}
