import type { ModuleSpec } from '../../../core/module-spec.ts';
import type { FieldTypeSpec, FieldTypes } from '../../../field-types/contract.ts';
import { type DraftSchema, draftSchemaFor } from './draft.ts';
import { analysisPrefixFor } from './prompt.ts';

/** What a model is told and asked for, which depends on the types that fields can have and on the modules that there are. One for a run. */
export class AnalysisFormat {
  readonly fieldTypes: FieldTypes;
  /** The modules that an application can use. */
  readonly modules: readonly ModuleSpec[];
  readonly schema: DraftSchema;
  /** The same bytes for every request of every run, so that providers can cache them. */
  readonly prefix: string;

  constructor(fieldTypes: FieldTypes, modules: readonly ModuleSpec[]) {
    this.fieldTypes = fieldTypes;
    this.modules = modules;
    this.schema = draftSchemaFor(fieldTypes.specs);
    this.prefix = analysisPrefixFor(fieldTypes.specs, modules);
  }

  specOf(type: string): FieldTypeSpec {
    return this.fieldTypes.get(type).spec;
  }
}
