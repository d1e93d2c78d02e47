import { escapes } from '../emit/escape.ts';
import type { EntityView, FieldView, SeedRecord } from '../emit/project-view.ts';
import { seedValue } from './seed-values.ts';

/** Values for the tests of the generated application. */

/** A literal that the field refuses. */
export function wrongValue(field: FieldView): string {
  switch (field.type) {
    case 'string':
    case 'text':
      return `'x'.repeat(${(field.maxLength ?? 0) + 1})`;
    case 'integer':
      return '1.5';
    case 'money':
      return '1.005';
    case 'decimal':
      return "'much'";
    case 'boolean':
      return "'perhaps'";
    case 'image':
    case 'url':
      return "'javascript:alert(1)'";
    case 'date':
      return "'2026-02-30'";
    case 'time':
      return "'25:00'";
    default:
      return "'nonsense'";
  }
}

/** Another value that the field takes: the one of a later sample. */
export function changedValue(field: FieldView, value: SeedRecord[string]): SeedRecord[string] {
  if (field.type === 'string' || field.type === 'text') return 'Changed';
  for (let index = 20; index < 40; index += 1) {
    const other = seedValue(field, { name: '', labelLower: 'record', fields: [field] }, index);
    if (other !== null && other !== value) return other;
  }
  return value;
}

/** Changes of the other unique fields and relations, as properties after a spread; empty if there are none. */
export function otherUnique(entity: EntityView, field: FieldView): string {
  const others = entity.fields.filter((other) => other.unique && other !== field);
  const fields = others.map((other) => {
    const value = changedValue(other, entity.sample[other.name] ?? null);
    return `, ${other.name}: ${typeof value === 'string' ? escapes.ts(value) : String(value)}`;
  });
  return fields.join('');
}
