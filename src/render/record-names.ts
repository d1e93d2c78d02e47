import { escapes } from '../emit/escape.ts';
import type { EntityView } from '../emit/project-view.ts';
import type { EntityDraft } from './entity-draft.ts';

/** More names than these in one are not read. */
const mostNames = 3;
/** A lesson of an enrollment of a student is named after all of them; what belongs to that goes by its own number. */
const deepest = 2;

/** Finds what records without a name of their own are named after: those that they require, which come first in the order. */
export function nameByLinks(byDependency: readonly EntityDraft[]): void {
  const depths = new Map<EntityView, number>();
  for (const entity of byDependency) {
    const links =
      entity.titleField === undefined
        ? entity.toOne.filter(({ required, target }) => required && (depths.get(target) ?? deepest) < deepest)
        : [];
    entity.titleLinks.push(...links.slice(0, mostNames));
    depths.set(entity, Math.max(0, ...entity.titleLinks.map(({ target }) => (depths.get(target) ?? 0) + 1)));
  }
}

/** The expression of Drizzle for what a record is called: the columns of its table, or of an alias of it, are in `columns`. */
export function labelCode({ titleField, titleLinks, label, pascal }: EntityView, columns: string): string {
  if (titleLinks.length > 0) return `labelOf${pascal}(${columns})`;
  const title = titleField === undefined ? 'null' : `${columns}.${titleField.name}`;
  return `labelOf(${title}, ${columns}.id, ${escapes.ts(label)})`;
}
