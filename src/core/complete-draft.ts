import { completeAccess } from './access.ts';
import { type AccessNaming, renamedAccess, renamedRule } from './access-names.ts';
import type { Blueprint, Entity } from './blueprint.ts';
import type { BlueprintDraft, Entity as EntityDraft } from './blueprint-draft.ts';
import type { EarlierDesign } from './earlier-design.ts';
import { IdMint } from './id-mint.ts';
import { keptAccess } from './kept-access.ts';
import type { Origin } from './phrases.ts';
import { phrasesOfSentences } from './sentence-phrases.ts';

/** Why items are there that no sentence asks for. */
const reasons = {
  entity: 'Other parts of the requirements need it.',
  field: 'Records of this kind usually have it.',
  relation: 'Records of this kind usually belong together.',
  actor: 'Somebody has to do it.',
  feature: 'Every application of this kind has it.',
  module: 'Another part of the application builds on it.',
  page: 'Every application of this kind has it.',
  theme: 'The requirements name no colours.',
};

/**
 * Gives a draft its ids, its phrases, and the origin of every item. `previous` is what an earlier generation of the same project settled.
 *
 * What carries an id over is the name, and nothing else. An entity keeps the id of the entity that had its name,
 * whatever its label, its place or what it holds, and a field or relation that of the member of its name in that
 * entity. So where two entities swap their names, they swap their ids, and a field that moves to another entity is
 * a new one there. What has a name of its own is new, and never takes an id that was somebody's. A rename therefore
 * looks like one thing gone and another come: only the user's word, or a model's, can tell it from that, and
 * nothing asks for that word yet.
 */
export function completeDraft(draft: BlueprintDraft, previous?: EarlierDesign): Blueprint {
  const guarded = draft.entities.map((entity) => ({
    ...entity,
    access: entity.access ?? previous?.entities.find(({ name }) => name === entity.name)?.access,
  }));
  const { phrases, phrasesAt } = phrasesOfSentences(draft.coverage, guarded);
  const origin = (kind: keyof typeof reasons, name: string, sentences: readonly number[] = []): Origin => {
    const reference = kind === 'theme' ? 'theme:colors' : `${kind}:${name}`;
    const asking = phrases.flatMap(({ state }, index) =>
      state.kind === 'built' && state.by.includes(reference) ? [index] : [],
    );
    // What is not built is asked for by the phrases that say why it is not.
    const others = sentences.flatMap((sentence) => phrasesAt(sentence));
    const all = asking.length > 0 ? asking : [...new Set(others)].sort((a, b) => a - b);
    return all.length > 0 ? { by: 'text', phrases: all } : { by: 'assumed', reason: reasons[kind] };
  };
  const ids = new IdMint(previous?.entities);
  const members = new Map(draft.entities.map((entity) => [entity.name, memberIds(entity, previous)] as const));
  const naming: AccessNaming = {
    member: (entity, name) => members.get(entity)?.get(name) ?? name,
    role: (actor) => actor,
  };
  const { version: _, coverage, modules = [], ...rest } = draft;
  const actors = draft.actors.map(({ sentences, ...actor }) => ({
    ...actor,
    origin: origin('actor', actor.id, sentences),
  }));
  const completed = draft.entities.map((entity) =>
    completeEntity(entity, { entities: draft.entities, id: ids.of(entity.name), naming, origin }),
  );
  const entities = completed.map((entity, index): Entity => {
    const before = previous?.entities.find(({ name }) => name === entity.name);
    if (before === undefined || draft.entities[index]?.access !== undefined) return entity;
    return { ...entity, access: keptAccess(before.access, entity, { entities: completed, actors }) };
  });
  return {
    ...rest,
    version: 2,
    actors,
    entities,
    features: draft.features.map(({ sentences, ...feature }) => ({
      ...feature,
      origin: origin('feature', feature.id, sentences),
    })),
    pages: draft.pages.map((page) => ({ ...page, origin: origin('page', page.id) })),
    theme: withoutSentences(draft.theme, origin('theme', '', draft.theme.sentences)),
    modules: modules.map(({ sentences, entities: names, ...use }) => ({
      ...use,
      entities: entities.filter(({ name }) => names.includes(name)).map(({ id }) => id),
      origin: origin('module', use.id, sentences),
    })),
    sentences: coverage.map(({ text, start, end }) => ({ text, start, end })),
    phrases,
  };
}

function memberIds({ name, fields, relations }: EntityDraft, previous: EarlierDesign | undefined): Map<string, string> {
  const before = previous?.entities.find((entity) => entity.name === name);
  const mint = new IdMint(before && [...before.fields, ...before.relations]);
  return new Map([...fields, ...relations].map((member) => [member.name, mint.of(member.name)]));
}

interface EntityParts {
  readonly entities: readonly EntityDraft[];
  readonly id: string;
  readonly naming: AccessNaming;
  origin(kind: 'entity' | 'field' | 'relation', name: string, sentences?: readonly number[]): Origin;
}

function completeEntity(entity: EntityDraft, { entities, id, naming, origin }: EntityParts): Entity {
  const { sentences, access = {}, partOf, samples = [], ...rest } = entity;
  const idOf = (member: string): string => naming.member(entity.name, member);
  return {
    ...rest,
    id,
    fields: entity.fields.map((field) => ({
      ...field,
      id: idOf(field.name),
      ...(field.access === undefined ? {} : { access: renamedRule(field.access, entity, entities, naming) }),
      origin: origin('field', `${entity.name}.${field.name}`),
    })),
    relations: entity.relations.map((relation) => ({
      ...relation,
      id: idOf(relation.name),
      origin: origin('relation', `${entity.name}.${relation.name}`),
    })),
    ...(partOf === undefined ? {} : { partOf: idOf(partOf) }),
    access: completeAccess(renamedAccess(access, entity, entities, naming)),
    samples,
    origin: origin('entity', entity.name, sentences),
  };
}

function withoutSentences<T extends { sentences: readonly number[] }>(item: T, origin: Origin) {
  const { sentences: _, ...rest } = item;
  return { ...rest, origin };
}
