import type {
  Actor,
  BlueprintDraft,
  Entity,
  Feature,
  Field,
  Page,
  Relation,
  Theme,
} from '../../../core/blueprint-draft.ts';
import type { ModuleSpec } from '../../../core/module-spec.ts';
import { type AskedModule, useModules } from '../../../core/recognise-modules.ts';
import { type ProjectRequest, slugify } from '../../../core/request.ts';
import { everyEntity, featureTitle, whenAsked } from '../../../reading/features.ts';
import { EntityNamer, type EntityNames, IdNamer, MemberNamer } from '../../../reading/names.ts';
import { recordPages } from '../../../reading/pages.ts';
import { isTitle, type Statement } from '../../../reading/sentences.ts';
import { plural, sentenceCase, wordsOf } from '../../../reading/words.ts';
import { namedSentences, pageRoute } from './check.ts';
import { type Draft, type EntityDraft, type FeatureDraft, type FieldDraft, optionsOf } from './draft.ts';
import { entityWords, memberWords } from './normalize.ts';
import { coverSentences } from './sentence-coverage.ts';

/** What the blueprint is made of besides the draft. */
export interface BuildInput {
  readonly request: ProjectRequest;
  readonly statements: readonly Statement[];
  /** What the rules found: colours that the user named are exact. */
  readonly theme: Theme;
  /** Those that the draft can name. */
  readonly modules: readonly ModuleSpec[];
}

/** Makes a blueprint of a draft in which nothing was found wrong, with the same features and pages for every entity as the offline engine. */
export function buildBlueprint(
  draft: Draft,
  { request, statements, theme: named, modules: specs }: BuildInput,
): BlueprintDraft {
  const actors = buildActors(draft);
  const names = nameEntities(draft.entities);
  const entities = buildEntities(draft.entities, names);
  const theme = buildTheme(draft, named);
  const pageIds = new IdNamer();
  const home: Page = { id: pageIds.next(['home'], 'home'), title: 'Home', path: '/', kind: 'home' };
  if (draft.home.text.length > 0) home.text = draft.home.text;
  const records = recordPages(entities, pageIds);
  const content = draft.pages.map(({ title, text, sentences }) => {
    const route = pageRoute(title);
    const page: Page = { id: pageIds.next([route], 'content'), title, path: `/${route}`, kind: 'content', text };
    return { page, sentences };
  });
  const featureIds = new IdNamer();
  const features = [
    ...buildFeatures(draft.features, entities, names, actors, featureIds),
    ...buildCustom(withHeadings(draft, statements), names, actors, featureIds),
    ...themeFeature(theme, featureIds),
    ...content.map(({ page, sentences }): Feature => {
      const title = `Read the ${page.title} page`;
      return { id: featureIds.next([`read-${page.id}`], 'read'), title, kind: 'content', built: true, sentences };
    }),
  ];
  const blueprint: BlueprintDraft = {
    version: 1,
    name: request.projectName,
    slug: slugify(request.projectName),
    description: request.description,
    actors,
    entities,
    features,
    pages: [home, ...records, ...content.map(({ page }) => page)],
    theme,
    coverage: coverSentences({
      statements,
      actors,
      entities,
      features,
      modules: draft.modules ?? [],
      theme,
      home: home.text === undefined ? [] : draft.home.sentences,
      pages: content.map(({ page, sentences }) => ({ id: page.id, sentences })),
      about: draft.about,
      unmet: new Map(draft.unmet.map(({ sentence, reason }) => [sentence, reason])),
    }),
  };
  return useModules(blueprint, askedModules(draft, names, specs), specs);
}

function askedModules({ modules = [] }: Draft, names: Names, specs: readonly ModuleSpec[]): AskedModule[] {
  return modules.flatMap((module) => {
    const spec = specs.find(({ id }) => id === module.id);
    const entities = module.entities.flatMap((name) => names.get(name)?.name ?? []);
    return spec === undefined ? [] : [{ spec, entities, options: optionsOf(module), sentences: module.sentences }];
  });
}

function buildActors({ actors }: Draft): Actor[] {
  const ids = new IdNamer();
  return actors.map(({ name, sentences }) => ({ id: ids.next(wordsOf(name), 'actor'), name, sentences }));
}

type Names = ReadonlyMap<string, EntityNames>;

/** Names that are safe and unique in the generated code. A person reads the words of the draft. */
function nameEntities(entities: readonly EntityDraft[]): Names {
  const namer = new EntityNamer();
  return new Map(entities.map(({ name }) => [name, namer.next(entityWords(name))]));
}

function buildEntities(drafts: readonly EntityDraft[], names: Names): Entity[] {
  const members = new Map(drafts.map(({ name }) => [name, new MemberNamer()]));
  const entities = drafts.flatMap((draft): { draft: EntityDraft; entity: Entity }[] => {
    const own = names.get(draft.name);
    const namer = members.get(draft.name);
    if (own === undefined || namer === undefined) return [];
    const { name, plural: many, label, pluralLabel } = own;
    const fields = draft.fields.map((field) => buildField(field, namer));
    const titleField = fields[draft.fields.findIndex((field) => field.name === draft.titleField)]?.name;
    const { description, sentences } = draft;
    const relations: Relation[] = [];
    return [
      {
        draft,
        entity: {
          name,
          plural: many,
          label,
          pluralLabel,
          description,
          fields,
          relations,
          ...(titleField === undefined ? {} : { titleField }),
          sentences,
        },
      },
    ];
  });
  // Relations are named when all fields have been: what others call an entity by must not take the name of a field.
  for (const { draft, entity } of entities) {
    for (const { name, kind, target, required } of draft.relations) {
      const to = names.get(target);
      if (to === undefined) continue;
      const words = memberWords(name);
      const from = entityWords(draft.name);
      const inverseWords = kind === 'one-to-one' ? from : plural(from);
      entity.relations.push({
        name: members.get(draft.name)?.relation(words) ?? name,
        label: memberLabel(words),
        kind,
        target: to.name,
        required: required && kind !== 'many-to-many',
        inverse: members.get(target)?.inverse(inverseWords, words) ?? name,
      });
    }
  }
  return entities.map(({ entity }) => entity);
}

function buildField(draft: FieldDraft, namer: MemberNamer): Field {
  const words = memberWords(draft.name);
  const { type, required, unique, values, min, max, unit, currency, decimals } = draft;
  return {
    name: namer.field(words),
    label: memberLabel(words),
    type,
    required,
    unique,
    ...(values === undefined ? {} : { values }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(unit === undefined ? {} : { unit }),
    ...(currency === undefined ? {} : { currency }),
    ...(decimals === undefined ? {} : { decimals }),
  };
}

/** `optionA` reads as `Option A`: a letter at the end is one of several. */
function memberLabel(words: readonly string[]): string {
  return sentenceCase(words).replace(/ \p{Ll}$/u, (letter) => letter.toUpperCase());
}

/** What every entity has, and what was asked for besides. */
function buildFeatures(
  drafts: readonly FeatureDraft[],
  entities: readonly Entity[],
  names: Names,
  actors: readonly Actor[],
  ids: IdNamer,
): Feature[] {
  return entities.flatMap((entity) =>
    [...everyEntity, ...whenAsked].flatMap((kind): Feature[] => {
      const draft = drafts.find((one) => one.kind === kind && names.get(one.entity)?.name === entity.name);
      if (draft === undefined && whenAsked.includes(kind)) return [];
      const title = draft?.title ?? featureTitle(kind, entity);
      const asked = draft === undefined ? { sentences: [] } : { ...actorOf(draft, actors), sentences: draft.sentences };
      return [{ id: featureId(title, ids), title, kind, entity: entity.name, built: true, ...asked }];
    }),
  );
}

/** What is special to this project: nothing of the renderer builds it. */
function buildCustom(drafts: readonly FeatureDraft[], names: Names, actors: readonly Actor[], ids: IdNamer): Feature[] {
  return drafts.map((draft) => {
    const { title, description, sentences } = draft;
    const entity = names.get(draft.entity)?.name;
    return {
      id: featureId(title, ids),
      title,
      kind: 'custom',
      ...(description === '' ? {} : { description }),
      ...(entity === undefined ? {} : { entity }),
      ...actorOf(draft, actors),
      built: false,
      sentences,
    };
  });
}

function featureId(title: string, ids: IdNamer): string {
  return ids.next(wordsOf(title.replace(/^(\w+) an? /, '$1 ')), 'feature');
}

function actorOf(draft: FeatureDraft, actors: readonly Actor[]): { actor?: string } {
  const actor = actors.find(({ name }) => name.toLowerCase() === draft.actor.toLowerCase());
  return actor === undefined ? {} : { actor: actor.id };
}

/** What is special to the project answers the headings over its sentences too, where nothing else stands under them. */
function withHeadings(draft: Draft, statements: readonly Statement[]): FeatureDraft[] {
  const custom = draft.features.filter(({ kind }) => kind === 'custom');
  const rest = namedSentences({
    ...draft,
    features: draft.features.filter(({ kind }) => kind !== 'custom'),
    unmet: [],
  });
  const named = namedSentences(draft);
  const answered = new Set(
    statements.flatMap(({ under }, index) => (under !== undefined && rest.has(index) ? [under] : [])),
  );
  const isFree = (heading: number) =>
    statements[heading]?.kind === 'heading' &&
    !named.has(heading) &&
    !answered.has(heading) &&
    !isTitle(statements, heading);
  return custom.map((feature) => {
    const headings = feature.sentences.flatMap((index) => statements[index]?.under ?? []).filter(isFree);
    return { ...feature, sentences: [...new Set([...headings, ...feature.sentences])].sort((a, b) => a - b) };
  });
}

function buildTheme({ theme }: Draft, named: Theme): Theme {
  const sentences = [...new Set([...named.sentences, ...theme.sentences])].sort((a, b) => a - b);
  if (named.sentences.length > 0) return { ...named, sentences };
  return {
    background: theme.background || named.background,
    component: theme.component || named.component,
    sentences,
  };
}

function themeFeature({ sentences }: Theme, ids: IdNamer): Feature[] {
  if (sentences.length === 0) return [];
  return [
    {
      id: ids.next(['use', 'the', 'colors'], 'theme'),
      title: 'Use the colours asked for',
      kind: 'theme',
      built: true,
      sentences,
    },
  ];
}
