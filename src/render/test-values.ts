import { escapes } from '../emit/escape.ts';
import type { EntityView, FieldView, SeedRecord } from '../emit/project-view.ts';
import type { FieldTypes } from '../field-types/contract.ts';
import { seedValue } from './seed-values.ts';

/** Values for the tests of the generated application. */

/** Another value that the field takes: the one of a later sample. */
export function changedValue(field: FieldView, value: SeedRecord[string], fieldTypes: FieldTypes): SeedRecord[string] {
  if (field.prose !== undefined) return 'Changed';
  const source = { entity: { name: '', labelLower: 'record', fields: [field] }, fieldTypes };
  for (let index = 20; index < 40; index += 1) {
    const other = seedValue(field, source, index);
    if (other !== null && other !== value) return other;
  }
  return value;
}

/** Changes of the other unique fields and relations, as properties after a spread; empty if there are none. */
export function otherUnique(entity: EntityView, field: FieldView, fieldTypes: FieldTypes): string {
  const others = entity.fields.filter((other) => other.unique && other !== field);
  const fields = others.map((other) => {
    const value = changedValue(other, entity.sample[other.name] ?? null, fieldTypes);
    return `, ${other.name}: ${typeof value === 'string' ? escapes.ts(value) : String(value)}`;
  });
  return fields.join('');
}
