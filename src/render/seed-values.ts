import type { EntityView, FieldView } from '../emit/project-view.ts';
import type { FieldTypes, SamplePlace } from '../field-types/contract.ts';
import { isYetToCome, momentValue } from './seed-moments.ts';

/** Sample values that repeat: the same field and index give the same value, whatever the day. */

/** Where samples are made: in which entity, with which types. */
export interface SampleSource {
  readonly entity: Pick<EntityView, 'name' | 'labelLower' | 'fields'>;
  readonly fieldTypes: FieldTypes;
}

/** The value of `field` in the sample record with this index, which counts from 0. */
export function seedValue(
  field: FieldView,
  { entity, fieldTypes }: SampleSource,
  index: number,
): string | number | boolean | null {
  // Every fourth optional value is left out, so that screens are seen with gaps; a title never is. Not all of a record.
  const isGap = isYetToCome(field, entity.fields, index) ?? (index + field.name.length) % 4 === 3;
  if (isGap && !field.required && !field.isTitle) return null;
  const place: SamplePlace = {
    index,
    entity,
    moment: () => momentValue(field, entity.fields, index),
  };
  return fieldTypes.get(field.type).build.sample(field, place);
}
