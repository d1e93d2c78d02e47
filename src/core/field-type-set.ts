/** As much of the catalogue of field types as blueprints are held against. */
export interface FieldTypeSet {
  readonly ids: readonly string[];
  has(id: string): boolean;
  /** Whether fields of the type have values to choose from. */
  takesValues(id: string): boolean;
}
