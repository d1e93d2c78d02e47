import type { ProjectContext } from '../../emit/context.ts';
import type { EntityView } from '../../emit/project-view.ts';
import type { CommentOptions } from './options.ts';

/** What can be commented on. */
export interface Subject {
  readonly entity: EntityView;
  /** What the API calls it: `posts`. */
  readonly about: string;
  /** The column of the table that says which record: `aboutPostId`. */
  readonly key: string;
}

export interface TemplateContext extends ProjectContext {
  /** At least one. */
  readonly subjects: readonly Subject[];
  /** Where the routes are: `/api/comments`. */
  readonly api: string;
  /** The constant of the table. */
  readonly table: string;
  readonly first: CommentOptions['first'];
}
