import type { Field, Relation, Resource } from '../../resources/resource.ts';

export type Column =
  | { kind: 'field'; name: string; label: string; field: Field }
  | { kind: 'relation'; name: string; label: string; relation: Relation }
  | { kind: 'created'; name: 'createdAt'; label: string };

/** As many columns beside the title as a table on a laptop has room for. */
const room = 5;

/** What a list shows beside the title of each record: links to other records first, then what is short enough. */
export function columnsOf({ entity, fields, relations }: Resource): Column[] {
  const links = relations
    .filter(({ many }) => !many)
    .map((relation): Column => ({ kind: 'relation', name: relation.key, label: relation.label, relation }));
  const values = fields
    .filter(({ name, kind }) => name !== entity.titleField && kind.column !== 'none')
    .map((field): Column => ({ kind: 'field', name: field.name, label: field.label, field }));
  const created: Column = { kind: 'created', name: 'createdAt', label: 'Created' };
  return [...links.slice(0, 2), ...values].slice(0, room - 1).concat(created);
}

/** What stands above the column with the titles. */
export function titleLabel({ entity, fields }: Resource): string {
  return fields.find(({ name }) => name === entity.titleField)?.label ?? entity.label;
}
