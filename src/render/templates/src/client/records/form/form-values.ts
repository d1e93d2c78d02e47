import type { BaseRecord } from '../../api/resource-client.ts';
import type { ControlValue, FieldContent } from '../../fields/field-kind.ts';
import { fieldValue, linksOf, type RecordLink } from '../../resources/record.ts';
import type { Resource } from '../../resources/resource.ts';

/** What a control holds: its text, whether it is checked, or the records that were chosen. */
export type FormValue = ControlValue | readonly RecordLink[];
export type FormValues = Readonly<Record<string, FormValue>>;

/** What the form of a record starts with; for a new one, what an address has filled in: the records it shall link to. */
export function initialValues(
  { fields, relations }: Resource,
  record: BaseRecord | undefined,
  prefilled: Readonly<Record<string, readonly RecordLink[]>>,
): FormValues {
  const values: Record<string, FormValue> = {};
  for (const { name, kind } of fields) {
    const value = record && fieldValue(record, name);
    values[name] = kind.toInput(isContent(value) ? value : null);
  }
  for (const relation of relations) {
    values[relation.key] = record ? linksOf(record, relation) : (prefilled[relation.key] ?? []);
  }
  return values;
}

/** The body that the API expects. What cannot be converted is left as it is, for validation to refuse. */
export function toBody({ fields, relations }: Resource, values: FormValues): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const { name, kind } of fields) body[name] = kind.fromInput(controlValue(values[name]));
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

/** What the control of a field holds. */
export function controlValue(value: FormValue | undefined): ControlValue {
  return typeof value === 'string' || typeof value === 'boolean' ? value : '';
}

function isContent(value: unknown): value is FieldContent {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
