import type { ModuleSpec } from '../core/module-spec.ts';
import type { FieldTypes } from '../field-types/contract.ts';

/** What engines that read by rules are given by their host. */
export interface RulesParts {
  readonly fieldTypes: FieldTypes;
  /** Those that texts can ask for. */
  readonly modules: readonly ModuleSpec[];
}
