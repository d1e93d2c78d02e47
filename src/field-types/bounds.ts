import type { FieldFacts } from '../emit/project-view.ts';

export interface Bounds {
  readonly min: number | undefined;
  readonly max: number | undefined;
}

/** PostgreSQL's `integer`. */
export const integerBound = 2_147_483_647;

/** The bounds of a field, no wider than what its column holds. */
export function within(field: Partial<Bounds>, lowest: number, highest: number): { min: number; max: number } {
  return {
    min: Math.min(Math.max(field.min ?? lowest, lowest), highest),
    max: Math.max(Math.min(field.max ?? highest, highest), lowest),
  };
}

/** The bounds worth writing down: those that are not the type's own, which are the helper's defaults. */
export function boundSettings({ min, max }: Pick<FieldFacts, 'min' | 'max'>, own: Bounds): string[] {
  return [
    ...(min === undefined || min === own.min ? [] : [`min: ${min}`]),
    ...(max === undefined || max === own.max ? [] : [`max: ${max}`]),
  ];
}
