import type { Helpers } from './helpers.ts';
import type { EntityView, ProjectView, SliceView } from './project-view.ts';

/** What every template gets, as `it`. */
export interface ProjectContext extends Helpers {
  readonly project: ProjectView;
}

/** The context of a template whose path contains `[entity]` or `[entities]`. */
export interface EntityContext extends ProjectContext {
  readonly entity: EntityView;
}

/** The context of a template whose path contains `[feature]`. */
export interface FeatureContext extends ProjectContext {
  readonly feature: SliceView;
}
