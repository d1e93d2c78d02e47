import type { RelationView, SeedRecord } from '../emit/project-view.ts';
import type { FieldTypes } from '../field-types/contract.ts';
import type { EntityDraft } from './entity-draft.ts';
import { seedValue } from './seed-values.ts';

/**
 * Which records others belong to, by place: three to one, two to each of two others, one to the last, none to the rest.
 * No pair of neighbours is there twice, nor are the two the same: a second relation of a record takes the next place.
 */
const owners = [0, 2, 0, 1, 2, 1, 0, 3];
/** How many records a record is linked to, by place. */
const linkCounts = [2, 1, 3, 0, 1, 2, 1, 0];

/**
 * Fills in the sample records, in the order of dependency, so that a required relation finds its targets: ids count
 * from 1 in a fresh database. An optional relation to an entity that comes later is left empty. Unique values are never
 * used up: one is left for the sample of a new record.
 */
export function seedEntities(byDependency: readonly EntityDraft[], fieldTypes: FieldTypes): void {
  for (const entity of byDependency) {
    const count = recordCount(entity);
    entity.seeds = Array.from({ length: count }, (_, index) => record(entity, fieldTypes, index));
    entity.sample = record(entity, fieldTypes, count);
  }
  // Links are stored after all records, so their targets may come later.
  for (const entity of byDependency) {
    entity.seeds = entity.seeds.map((seed, index) => ({ ...seed, ...links(entity, index) }));
    entity.sample = { ...entity.sample, ...links(entity, entity.seeds.length) };
  }
}

/** Few for what others choose from (categories, tags), more for the rest; never more than unique values allow. */
function recordCount(entity: EntityDraft): number {
  const isChoice = entity.inverses.length > 0 && entity.relations.length === 0 && entity.fields.length <= 3;
  const limits = [
    // One is left for the sample of a new record.
    ...entity.fields.filter((field) => field.unique).map((field) => field.sampleCount - 1),
    ...entity.toOne
      .filter((relation) => relation.unique && relation.required)
      .map((relation) => relation.target.seeds.length - 1),
  ];
  return Math.max(0, Math.min(isChoice ? 5 : 8, ...limits));
}

function record(entity: EntityDraft, fieldTypes: FieldTypes, index: number): SeedRecord {
  const values: Record<string, SeedRecord[string]> = {};
  for (const field of entity.fields) values[field.name] = seedValue(field, { entity, fieldTypes }, index);
  entity.toOne.forEach((relation, place) => {
    values[relation.key] = targetId(relation, place, index);
  });
  return values;
}

function links(entity: EntityDraft, index: number): SeedRecord {
  return Object.fromEntries(entity.toMany.map((relation) => [relation.key, targetIds(relation, index)]));
}

function targetId(relation: RelationView, place: number, index: number): number | null {
  // The first few records are the roots of a tree; each of the others hangs from an earlier one.
  if (relation.isSelf) return relation.unique ? (index === 0 ? null : index) : index < 2 ? null : Math.floor(index / 2);
  const count = relation.target.seeds.length;
  if (count === 0) return null;
  if (relation.unique) return index < count ? index + 1 : null;
  if (!relation.required && index % 5 === 4) return null;
  return (at(owners, index + place) % count) + 1;
}

function targetIds(relation: RelationView, index: number): readonly number[] {
  // A record of the same kind can only be linked once it is there, and not to itself.
  if (relation.isSelf) return index === 0 ? [] : [index];
  const count = relation.target.seeds.length;
  if (count === 0) return [];
  const length = Math.max(relation.required ? 1 : 0, at(linkCounts, index));
  const ids = Array.from({ length }, (_, place) => (at(owners, index + place) % count) + 1);
  return [...new Set(ids)].sort((a, b) => a - b);
}

function at(list: readonly number[], index: number): number {
  return list[index % list.length] ?? 0;
}
