import type { ModuleSpec } from '../core/module-spec.ts';
import { comments } from './comments/build.ts';
import type { ApplicationModule } from './contract.ts';

/** Every module, one line each. A module comes after those it requires. */
export const moduleCatalog: readonly ApplicationModule[] = [comments];

/** What readers and engines know of them. */
export const moduleSpecs: readonly ModuleSpec[] = moduleCatalog.map(({ spec }) => spec);
