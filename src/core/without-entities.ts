import type { BlueprintDraft } from './blueprint-draft.ts';

/** The draft without some entities, and without everything that speaks of them. Sentences lose what they were covered by. */
export function withoutEntities(draft: BlueprintDraft, gone: ReadonlySet<string>): BlueprintDraft {
  if (gone.size === 0) return draft;
  const isGone = ({ entity }: { readonly entity?: string | undefined }): boolean =>
    entity !== undefined && gone.has(entity);
  const entities = draft.entities
    .filter(({ name }) => !gone.has(name))
    .map((entity) => ({ ...entity, relations: entity.relations.filter(({ target }) => !gone.has(target)) }));
  const features = draft.features.filter((feature) => !isGone(feature));
  const pages = draft.pages.filter((page) => !isGone(page));
  const lost = new Set([
    ...draft.features.filter(isGone).map(({ id }) => `feature:${id}`),
    ...draft.pages.filter(isGone).map(({ id }) => `page:${id}`),
    ...draft.entities.flatMap(({ name, relations }) =>
      relations.filter(({ target }) => gone.has(target)).map((relation) => `relation:${name}.${relation.name}`),
    ),
  ]);
  const isLost = (reference: string): boolean => {
    const [, owner] = /^(?:entity|field|relation|access):(\w+)/.exec(reference) ?? [];
    return lost.has(reference) || (owner !== undefined && gone.has(owner));
  };
  return {
    ...draft,
    entities,
    features,
    pages,
    actors: draft.actors.map(({ profile, ...actor }) =>
      profile === undefined || gone.has(profile) ? actor : { ...actor, profile },
    ),
    coverage: draft.coverage.map((sentence) => {
      const coveredBy = sentence.coveredBy.filter((reference) => !isLost(reference));
      // An actor alone shows only that somebody is spoken of, and builds nothing.
      return {
        ...sentence,
        coveredBy: coveredBy.every((reference) => reference.startsWith('actor:')) ? [] : coveredBy,
      };
    }),
  };
}
