import type { ContributedTable } from '../core/contribution.ts';
import type { EntityView, FilterView, InverseView, RelationView } from '../emit/project-view.ts';
import type { NameSpace } from './names.ts';

/** An {@link EntityView} while it is being put together: lists are filled once all entities are known. */
export interface EntityDraft extends EntityView {
  readonly source: ContributedTable;
  /** JSON names given out so far. */
  readonly names: NameSpace;
  readonly columns: NameSpace;
  readonly relations: RelationView[];
  readonly titleLinks: RelationView[];
  readonly toOne: RelationView[];
  readonly oneOf: RelationView[];
  readonly toMany: RelationView[];
  readonly inverses: InverseView[];
  readonly sortable: string[];
  readonly filters: FilterView[];
  seeds: EntityView['seeds'];
  sample: EntityView['sample'];
}
