import type { BlueprintDraft, Entity, Feature, ModuleUse } from './blueprint-draft.ts';
import type { ModuleSpec, Recognised } from './module-spec.ts';
import { withoutEntities } from './without-entities.ts';

/** A part of what is asked of a module, by rules or by a model. */
export interface AskedModule extends Recognised {
  readonly spec: ModuleSpec;
}

/** The draft with the modules that its text asks for, as the rules of each find it. */
export function recogniseModules(draft: BlueprintDraft, specs: readonly ModuleSpec[]): BlueprintDraft {
  return useModules(
    draft,
    specs.flatMap((spec) => spec.recognise(draft).map((part) => ({ ...part, spec }))),
    specs,
  );
}

/**
 * The draft with these modules: a feature for each entity that one works on, and their sentences covered. Entities that a module replaces
 * are gone, with everything that speaks of them; what the text defines by itself wins, and that part of the module is not used. Sentences that
 * ask for a module where it cannot work say so.
 */
export function useModules(
  draft: BlueprintDraft,
  asked: readonly AskedModule[],
  specs: readonly ModuleSpec[],
): BlueprintDraft {
  const parts = asked.filter(({ replaces = [] }) => !replaces.some((name) => isDefined(draft, name)));
  if (parts.length === 0) return draft;
  const names = new Set(draft.entities.map(({ name }) => name));
  const replaced = new Set(parts.flatMap(({ replaces = [] }) => replaces));
  const possible = parts.flatMap((part) => {
    const entities = part.entities.filter((name) => names.has(name) && !replaced.has(name));
    const isPossible = part.entities.length === 0 || entities.length > 0;
    return isPossible && part.spec.options.safeParse(part.options).success ? [{ ...part, entities }] : [];
  });
  const gone = new Set(possible.flatMap(({ replaces = [] }) => replaces));
  const reduced = withoutEntities(draft, gone);
  const features = abilitiesOf(possible, reduced);
  const used = mergeUses(possible, specs);
  const missing = parts.filter(
    (part) => !possible.some(({ spec, sentences }) => spec === part.spec && sentences === part.sentences),
  );
  return {
    ...reduced,
    features: [...reduced.features, ...features],
    modules: [...(draft.modules ?? []), ...used],
    coverage: coverageWith({ draft, reduced, possible, features, missing }),
  };
}

/** Whether the text says itself what an entity has, or gives other things that belong to it: then nothing can stand for it. */
function isDefined({ coverage, entities }: BlueprintDraft, name: string): boolean {
  const entity = entities.find((candidate) => candidate.name === name);
  if (entity === undefined) return false;
  const given = new Set(coverage.flatMap(({ coveredBy }) => coveredBy));
  const isHeld = entities.some((other) =>
    other.relations.some(
      (relation) => relation.target === name && given.has(`relation:${other.name}.${relation.name}`),
    ),
  );
  return (
    isHeld || entity.access !== undefined || [...given].some((reference) => reference.startsWith(`field:${name}.`))
  );
}

/** A feature for each module and entity, or for a module that works on none. */
function abilitiesOf(parts: readonly AskedModule[], { entities, features }: BlueprintDraft): Feature[] {
  const taken = new Set(features.map(({ id }) => id));
  const abilities = new Map<string, { feature: Feature; sentences: Set<number> }>();
  for (const { spec, entities: names, sentences } of parts) {
    const about: (Entity | undefined)[] =
      names.length === 0 ? [undefined] : entities.filter(({ name }) => names.includes(name));
    for (const entity of about) {
      const title = spec.ability(entity);
      const known = abilities.get(title);
      const all = new Set([...(known?.sentences ?? []), ...sentences]);
      const feature = known?.feature ?? {
        id: freeId(title, taken),
        title,
        kind: 'custom' as const,
        ...(entity === undefined ? {} : { entity: entity.name }),
        built: true,
        sentences: [],
      };
      abilities.set(title, { feature, sentences: all });
    }
  }
  return [...abilities.values()].map(({ feature, sentences }) => ({ ...feature, sentences: ordered(sentences) }));
}

/** `Comment on posts` → `comment-on-posts` */
function freeId(title: string, taken: Set<string>): string {
  const base =
    title
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'feature';
  let id = base;
  for (let number = 2; taken.has(id); number += 1) id = `${base}-${number}`;
  taken.add(id);
  return id;
}

/** One use of each module, and of those that they build on, in the order of the catalogue. */
function mergeUses(parts: readonly AskedModule[], specs: readonly ModuleSpec[]): ModuleUse[] {
  const wanted = new Set<string>();
  const want = (id: string): void => {
    if (wanted.has(id)) return;
    wanted.add(id);
    for (const other of specs.find((spec) => spec.id === id)?.requires ?? []) want(other);
  };
  for (const { spec } of parts) want(spec.id);
  return specs
    .filter(({ id }) => wanted.has(id))
    .map((spec) => {
      const own = parts.filter((part) => part.spec === spec);
      return {
        id: spec.id,
        options: Object.assign({}, ...own.map(({ options }) => options)),
        entities: [...new Set(own.flatMap(({ entities }) => entities))],
        sentences: ordered(new Set(own.flatMap(({ sentences }) => sentences))),
      };
    });
}

interface CoverageInput {
  readonly draft: BlueprintDraft;
  readonly reduced: BlueprintDraft;
  readonly possible: readonly AskedModule[];
  readonly features: readonly Feature[];
  readonly missing: readonly AskedModule[];
}

function coverageWith({ draft, reduced, possible, features, missing }: CoverageInput): BlueprintDraft['coverage'] {
  const unbuilt = new Set(draft.features.flatMap(({ built, sentences }) => (built ? [] : sentences)));
  return reduced.coverage.map((sentence, index) => {
    const gained = [
      ...new Set(possible.filter(({ sentences }) => sentences.includes(index)).map(({ spec }) => `module:${spec.id}`)),
      ...features.filter(({ sentences }) => sentences.includes(index)).map(({ id }) => `feature:${id}`),
    ];
    const lacking = new Set(
      missing.filter(({ sentences }) => sentences.includes(index)).map(({ spec }) => spec.whenMissing),
    );
    const { note, ...rest } = sentence;
    // What nothing answered said so; a note beside an answer, or about something that is not built, is about something else.
    const isAnswered = gained.length > 0 || lacking.size > 0;
    const isMoot = isAnswered && draft.coverage[index]?.coveredBy.length === 0 && !unbuilt.has(index);
    const notes = [...(note === undefined || isMoot ? [] : [note]), ...lacking];
    return {
      ...rest,
      coveredBy: [...new Set([...sentence.coveredBy, ...gained])],
      ...(notes.length === 0 ? {} : { note: notes.join(' ') }),
    };
  });
}

function ordered(sentences: ReadonlySet<number>): number[] {
  return [...sentences].sort((a, b) => a - b);
}
