import type { FieldTypeSpec } from '../../../field-types/contract.ts';
import { camelCase, kebabCase, pascalCase, singular, wordsOf } from '../../../reading/words.ts';
import {
  type Draft,
  type EntityDraft,
  emptyDraft,
  type FeatureDraft,
  type FieldDraft,
  type ModuleDraft,
  type RelationDraft,
} from './draft.ts';
import { plainText, wholeSentences } from './plain-text.ts';
import { recordFields } from './reserved-words.ts';

/** Puts into one form what can be written in several without meaning anything else. What is wrong stays, for the check to see. */

const labelLength = 80;
const titleLength = 120;
const reasonLength = 300;
/** As long as a blueprint takes it. */
const descriptionLength = 2000;
const paragraphLength = 1500;
const maxParagraphs = 12;
const maxValues = 50;

/** What a type says of itself. */
export type SpecOf = (type: string) => FieldTypeSpec;

export function normalizeDraft(draft: Draft, specOf: SpecOf): Draft {
  return {
    actors: mergeBy(
      draft.actors
        .map(({ name, sentences }) => ({
          name: sentenceStart(plainText(name, labelLength)),
          sentences: ordered(sentences),
        }))
        .filter(({ name }) => name !== ''),
      ({ name }) => comparableText(name),
      (one, other) => ({ ...one, sentences: ordered([...one.sentences, ...other.sentences]) }),
    ),
    entities: mergeBy(
      draft.entities.map((entity) => normalizeEntity(entity, specOf)),
      ({ name }) => name.toLowerCase(),
      mergeEntities,
    ).map((entity) => settleTitle(entity, specOf)),
    features: mergeBy(draft.features.map(normalizeFeature), featureKey, mergeFeatures),
    ...(draft.modules === undefined
      ? {}
      : { modules: mergeBy(draft.modules.map(normalizeModule), ({ id }) => id, mergeModules) }),
    home: { text: paragraphs(draft.home.text), sentences: ordered(draft.home.sentences) },
    pages: mergeBy(
      draft.pages.map(({ title, text, sentences }) => ({
        title: sentenceStart(plainText(title, labelLength)),
        text: paragraphs(text),
        sentences: ordered(sentences),
      })),
      ({ title }) => kebabCase(wordsOf(title)),
      (one, other) => ({
        ...one,
        text: paragraphs([...one.text, ...other.text]),
        sentences: ordered([...one.sentences, ...other.sentences]),
      }),
    ),
    theme: {
      background: colour(draft.theme.background),
      component: colour(draft.theme.component),
      sentences: ordered(draft.theme.sentences),
    },
    about: ordered(draft.about),
    unmet: mergeBy(
      draft.unmet.map(({ sentence, reason }) => ({ sentence, reason: plainText(reason, reasonLength) })),
      ({ sentence }) => String(sentence),
      (one) => one,
    ).sort((a, b) => a.sentence - b.sentence),
  };
}

/** Two drafts as one: what both have stands in it once. */
export function mergeDrafts(one: Draft, other: Draft, specOf: SpecOf): Draft {
  const both = {
    actors: [...one.actors, ...other.actors],
    entities: [...one.entities, ...other.entities],
    features: [...one.features, ...other.features],
    ...(one.modules === undefined && other.modules === undefined
      ? {}
      : { modules: [...(one.modules ?? []), ...(other.modules ?? [])] }),
    home: {
      text: [...one.home.text, ...other.home.text],
      sentences: [...one.home.sentences, ...other.home.sentences],
    },
    pages: [...one.pages, ...other.pages],
    theme: {
      background: one.theme.background || other.theme.background,
      component: one.theme.component || other.theme.component,
      sentences: [...one.theme.sentences, ...other.theme.sentences],
    },
    about: [...one.about, ...other.about],
    unmet: [...one.unmet, ...other.unmet],
  };
  return normalizeDraft(both, specOf);
}

/** A draft that says of sentences only why they are not met. */
export function unmetDraft(sentences: Iterable<number>, reason: string): Draft {
  return { ...emptyDraft, unmet: [...sentences].map((sentence) => ({ sentence, reason })) };
}

/** `blog posts`, `BlogPost` and `blog_post` are one entity. */
export function entityName(text: string): string {
  return pascalCase(entityWords(text));
}

export function entityWords(text: string): string[] {
  const words = wordsOf(text.slice(0, 200));
  return words.map((word, index) => (index === words.length - 1 ? singular(word) : word));
}

/** `unit_price` and `Unit price` are `unitPrice`. */
function memberName(text: string): string {
  return camelCase(memberWords(text));
}

export function memberWords(text: string): string[] {
  return wordsOf(text.slice(0, 200))
    .join(' ')
    .replace(/\be mail\b/g, 'email')
    .split(' ');
}

function normalizeEntity(entity: EntityDraft, specOf: SpecOf): EntityDraft {
  const all = mergeBy(
    entity.fields.map((field) => normalizeField(field, specOf)),
    memberKey,
    (one) => one,
  );
  const own = all.filter(({ name }) => !recordFields.has(name.toLowerCase()));
  const relations = mergeRelations(entity.relations.map(normalizeRelation));
  return {
    name: entityName(entity.name),
    description: plainText(entity.description, 300),
    fields: own,
    relations,
    titleField: memberName(entity.titleField),
    sentences: ordered(entity.sentences),
  };
}

/** Some types name no record: what it belongs to, or its number, says more. */
function settleTitle(entity: EntityDraft, specOf: SpecOf): EntityDraft {
  const { fields, relations, titleField } = entity;
  const title = fields.find(({ name }) => name === titleField);
  const names =
    title === undefined
      ? !recordFields.has(titleField.toLowerCase()) && !relations.some(({ name }) => name === titleField)
      : specOf(title.type).title !== 'never';
  return names ? entity : { ...entity, titleField: '' };
}

function normalizeField(field: FieldDraft, specOf: SpecOf): FieldDraft {
  const { name, type, required, unique, values = [], min, max } = field;
  const { facets, hasFewValues = false } = specOf(type);
  const labels = values.map((value) => sentenceStart(plainText(value, labelLength))).filter((value) => value !== '');
  return {
    name: memberName(name),
    type,
    required,
    // One record for each value is all that would allow.
    unique: unique && !hasFewValues,
    ...(facets.includes('values') ? { values: mergeBy(labels, comparableText, (one) => one).slice(0, maxValues) } : {}),
    ...(facets.includes('bounds') && min !== undefined ? { min } : {}),
    ...(facets.includes('bounds') && max !== undefined ? { max } : {}),
    ...numberFacets(field, facets),
  };
}

/** What can be shown of a number; what cannot is left out rather than asked for again. */
function numberFacets(
  { unit, currency, decimals }: FieldDraft,
  facets: FieldTypeSpec['facets'],
): Pick<FieldDraft, 'unit' | 'currency' | 'decimals'> {
  const plainUnit = plainText(unit ?? '', 20);
  const code = (currency ?? '').trim().toUpperCase();
  return {
    ...(facets.includes('unit') && plainUnit !== '' ? { unit: plainUnit } : {}),
    ...(facets.includes('currency') && /^[A-Z]{3}$/.test(code) ? { currency: code } : {}),
    ...(facets.includes('decimals') &&
    decimals !== undefined &&
    Number.isInteger(decimals) &&
    decimals >= 0 &&
    decimals <= 10
      ? { decimals }
      : {}),
  };
}

function normalizeRelation({ name, kind, target, required }: RelationDraft): RelationDraft {
  const words = memberWords(name);
  const one =
    kind === 'many-to-many' ? words.map((word, index) => (index === words.length - 1 ? singular(word) : word)) : words;
  return { name: camelCase(one), kind, target: entityName(target), required };
}

/** The same relation said twice is one; two of one name to different entities stay, and are wrong. */
function mergeRelations(relations: readonly RelationDraft[]): RelationDraft[] {
  return mergeBy(
    relations,
    (relation) => `${memberKey(relation)} ${relation.target}`,
    (one) => one,
  );
}

function mergeEntities(one: EntityDraft, other: EntityDraft): EntityDraft {
  return {
    name: one.name,
    description: one.description || other.description,
    fields: mergeBy([...one.fields, ...other.fields], memberKey, (first) => first),
    relations: mergeRelations([...one.relations, ...other.relations]),
    titleField: one.titleField || other.titleField,
    sentences: ordered([...one.sentences, ...other.sentences]),
  };
}

function normalizeFeature({ title, kind, entity, actor, description, sentences }: FeatureDraft): FeatureDraft {
  return {
    title: sentenceStart(plainText(title, titleLength).replace(/[.\s]+$/, '')),
    kind,
    entity: entityName(entity),
    actor: sentenceStart(plainText(actor, labelLength)),
    description: kind === 'custom' ? wholeSentences(description, descriptionLength) : '',
    sentences: ordered(sentences),
  };
}

function normalizeModule({ id, entities, options, sentences }: ModuleDraft): ModuleDraft {
  return {
    id: kebabCase(wordsOf(id.slice(0, 200))),
    entities: [...new Set(entities.map(entityName))],
    options: options.map(({ name, value }) => ({ name: name.trim(), value: plainText(value, reasonLength) })),
    sentences: ordered(sentences),
  };
}

function mergeModules(one: ModuleDraft, other: ModuleDraft): ModuleDraft {
  return {
    id: one.id,
    entities: [...new Set([...one.entities, ...other.entities])],
    options: [...one.options, ...other.options],
    sentences: ordered([...one.sentences, ...other.sentences]),
  };
}

/** There is one list of a kind of record; custom features are told apart by their titles. */
function featureKey({ title, kind, entity }: FeatureDraft): string {
  return kind === 'custom' ? `custom ${comparableText(title)}` : `${kind} ${entity.toLowerCase()}`;
}

function mergeFeatures(one: FeatureDraft, other: FeatureDraft): FeatureDraft {
  return {
    ...one,
    entity: one.entity || other.entity,
    actor: one.actor || other.actor,
    description: one.description || other.description,
    sentences: ordered([...one.sentences, ...other.sentences]),
  };
}

function paragraphs(text: readonly string[]): string[] {
  const plain = text.map((paragraph) => plainText(paragraph, paragraphLength)).filter((paragraph) => paragraph !== '');
  return [...new Set(plain)].slice(0, maxParagraphs);
}

/** `#FFF` is `#ffffff`. What is no colour stays, for the check to see. */
function colour(text: string): string {
  const value = plainText(text, 40).toLowerCase();
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(value);
  return short === null
    ? value
    : `#${short
        .slice(1)
        .map((digit) => digit + digit)
        .join('')}`;
}

function sentenceStart(text: string): string {
  return text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}

function memberKey({ name }: { readonly name: string }): string {
  return name.toLowerCase();
}

export function comparableText(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\p{P}\p{Z}]+/gu, ' ')
    .trim();
}

function ordered(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}

function mergeBy<T>(items: readonly T[], keyOf: (item: T) => string, merge: (one: T, other: T) => T): T[] {
  const merged = new Map<string, T>();
  for (const item of items) {
    const key = keyOf(item);
    const known = merged.get(key);
    merged.set(key, known === undefined ? item : merge(known, item));
  }
  return [...merged.values()];
}
