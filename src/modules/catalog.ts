import type { ApplicationModule } from './contract.ts';

/** Every module, one line each. A module comes after those it requires. */
export const moduleCatalog: readonly ApplicationModule[] = [];
