import { generatePath } from 'react-router';
import type { BaseRecord } from '../api/resource-client.ts';
import type { EntityRef } from '../app/entity-ref.ts';
import type { Relation } from './resource.ts';

/** A linked record as the API expands it. */
export interface RecordLink {
  id: number;
  label: string;
}

/** The value of a field whose name is only known when the application runs. */
export function fieldValue(record: object, name: string): unknown {
  return Reflect.get(record, name);
}

/** What a record is called in lists and links. */
export function titleOf(record: BaseRecord, { titleField, titleLinks = [], label }: EntityRef): string {
  const value = fieldValue(record, titleField);
  if (typeof value === 'string' && value.trim() !== '') return value;
  if (typeof value === 'number') return String(value);
  const names = titleLinks.map((name) => fieldValue(record, name)).filter(isRecordLink);
  const labels = names.map((link) => link.label);
  // One alone is no name: many records belong to the same one.
  return (labels.length > 1 ? labels : [...labels, `${label} ${record.id}`]).join(' – ');
}

/** The text that says more about a record; empty if there is none. */
export function summaryOf(record: BaseRecord, { summaryField }: EntityRef): string {
  const value = summaryField === undefined ? undefined : fieldValue(record, summaryField);
  return typeof value === 'string' ? value : '';
}

/** The records that a relation of this record leads to. */
export function linksOf(record: BaseRecord, { expanded }: Relation): RecordLink[] {
  const value = fieldValue(record, expanded);
  return (Array.isArray(value) ? value : [value]).filter(isRecordLink);
}

function isRecordLink(value: unknown): value is RecordLink {
  return typeof value === 'object' && value !== null && 'id' in value && 'label' in value;
}

/** The address of a record's screen. */
export function recordPath({ paths }: EntityRef, id: number): string {
  return generatePath(paths.detail, { id: String(id) });
}

/** The address of the form that edits a record. */
export function editPath({ paths }: EntityRef, id: number): string {
  return generatePath(paths.edit, { id: String(id) });
}
