import type { BaseRecord } from '../../api/resource-client.ts';
import { fromLocalInput, toLocalInput } from '../../format/dates.ts';
import { fieldValue, linksOf, type RecordLink } from '../../resources/record.ts';
import type { Field, Resource } from '../../resources/resource.ts';

/** What a control holds: its text, whether it is checked, or the records that were chosen. */
export type FormValue = string | boolean | readonly RecordLink[];
export type FormValues = Readonly<Record<string, FormValue>>;

/** What the form of a record starts with; for a new one, what an address has filled in: the records it shall link to. */
export function initialValues(
  { fields, relations }: Resource,
  record: BaseRecord | undefined,
  prefilled: Readonly<Record<string, readonly RecordLink[]>>,
): FormValues {
  const values: Record<string, FormValue> = {};
  for (const field of fields) values[field.name] = toInput(field, record && fieldValue(record, field.name));
  for (const relation of relations) {
    values[relation.key] = record ? linksOf(record, relation) : (prefilled[relation.key] ?? []);
  }
  return values;
}

/** The body that the API expects. What cannot be converted is left as it is, for validation to refuse. */
export function toBody({ fields, relations }: Resource, values: FormValues): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const field of fields) body[field.name] = fromInput(field, values[field.name]);
  for (const { key, many } of relations) {
    const ids = linksIn(values[key]).map(({ id }) => id);
    body[key] = many ? ids : (ids[0] ?? null);
  }
  return body;
}

/** The chosen records of a control. */
export function linksIn(value: FormValue | undefined): readonly RecordLink[] {
  return typeof value === 'object' ? value : [];
}

function toInput({ type }: Field, value: unknown): FormValue {
  if (type === 'boolean') return value === true;
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return '';
  if (type === 'datetime') return toLocalInput(value);
  return type === 'date' ? value.slice(0, 10) : value;
}

function fromInput({ type }: Field, value: FormValue | undefined): unknown {
  if (type === 'boolean') return value === true;
  const text = typeof value === 'string' ? value.trim() : '';
  if (text === '') return null;
  switch (type) {
    case 'integer':
    case 'decimal':
    case 'money': {
      const number = Number(text);
      return Number.isNaN(number) ? text : number;
    }
    case 'datetime':
      return fromLocalInput(text);
    default:
      return text;
  }
}
