import type { FieldTypeSpec, FieldTypes } from '../../../field-types/contract.ts';
import { type DraftSchema, draftSchemaFor } from './draft.ts';
import { analysisPrefixFor } from './prompt.ts';

/** What a model is told and asked for, which depends on the types that fields can have. One for a run. */
export class AnalysisFormat {
  readonly fieldTypes: FieldTypes;
  readonly schema: DraftSchema;
  /** The same bytes for every request of every run, so that providers can cache them. */
  readonly prefix: string;

  constructor(fieldTypes: FieldTypes) {
    this.fieldTypes = fieldTypes;
    this.schema = draftSchemaFor(fieldTypes.specs);
    this.prefix = analysisPrefixFor(fieldTypes.specs);
  }

  specOf(type: string): FieldTypeSpec {
    return this.fieldTypes.get(type).spec;
  }
}
