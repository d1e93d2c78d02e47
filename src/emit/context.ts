import type { Helpers } from './helpers.ts';
import type { EntityView, ModuleView, ProjectView } from './project-view.ts';

/** What every template gets, as `it`. */
export interface ProjectContext extends Helpers {
  readonly project: ProjectView;
}

/** The context of a template whose path contains `[entity]` or `[entities]`. */
export interface EntityContext extends ProjectContext {
  readonly entity: EntityView;
}

/** The context of a template whose path contains `[module]`. */
export interface ModuleContext extends ProjectContext {
  readonly module: ModuleView;
}
