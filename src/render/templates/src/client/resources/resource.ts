import type { z } from 'zod';
import { type BaseRecord, type ResourceClient, resourceClient } from '../api/resource-client.ts';
import type { EntityRef, EntitySummary } from '../app/entity-ref.ts';
import type { FieldKind } from '../fields/field-kind.ts';

export interface Field<Name extends string = string> {
  name: Name;
  label: string;
  required: boolean;
  /** How it is entered and shown. */
  kind: FieldKind;
}

/** A link to other records: one (`key` holds an id or null) or many (`key` holds a list of ids). */
export interface Relation<Key extends string = string, Expanded extends string = string> {
  key: Key;
  /** Where the API puts the linked records with their labels. */
  expanded: Expanded;
  label: string;
  many: boolean;
  required: boolean;
  /** The query parameter that filters a list by it. */
  param: string;
  target: EntityRef;
}

/** Records of another entity that link here: the comments of a post. */
export interface Inverse {
  label: string;
  source: EntityRef;
  /** The key of the link in those records: `postId`. */
  key: string;
  /** The query parameter that finds them. */
  param: string;
  /** At most one record links here. */
  single: boolean;
}

interface ResourceDefinition<T extends BaseRecord, Input> {
  entity: EntitySummary;
  fields: readonly Field<keyof Input & keyof T & string>[];
  relations: readonly Relation<keyof Input & keyof T & string, keyof T & string>[];
  inverses: readonly Inverse[];
  /** Names that a list can be sorted by. */
  sortable: readonly string[];
  /** Fields that a list can be filtered by, with the query parameter of each. */
  filters: Readonly<Record<string, string>>;
  /** Whether a list can be searched by words. */
  searchable: boolean;
  inputSchema: z.ZodType<Input>;
}

/** All that list, detail and form need to work with one entity. */
export interface Resource<T extends BaseRecord = BaseRecord, Input = unknown> {
  entity: EntitySummary;
  fields: readonly Field[];
  relations: readonly Relation[];
  inverses: readonly Inverse[];
  /** Names that a list can be sorted by. */
  sortable: readonly string[];
  /** Fields that a list can be filtered by, with the query parameter of each. */
  filters: Readonly<Record<string, string>>;
  /** Whether a list can be searched by words. */
  searchable: boolean;
  inputSchema: z.ZodType<Input>;
  client: ResourceClient<T, Input>;
}

/** Adds the client to a definition whose names are checked against the entity's schemas. */
export function defineResource<T extends BaseRecord, Input>(
  definition: ResourceDefinition<T, Input>,
): Resource<T, Input> {
  return { ...definition, client: resourceClient<T, Input>(definition.entity.api) };
}
