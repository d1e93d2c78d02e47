import type { EntityOutline } from '../../../core/project-outline.ts';
import type { RenderedProject } from '../../../core/rendered-project.ts';
import type { SlicePlan } from '../../../core/slices.ts';
import { quoteFile } from './quote.ts';

/** What is shown of an entity, the most useful first. */
export const entityParts = ['tables', 'schemas', 'samples'] as const;
export type EntityPart = (typeof entityParts)[number];

/** The samples of an entity are shown up to this many characters. */
const samplesShown = 1000;

/** A part of an entity as it stands in the project, or nothing where there is none. */
export function quoteEntity(
  entity: EntityOutline,
  part: EntityPart,
  { files }: Pick<RenderedProject, 'files'>,
): string {
  switch (part) {
    case 'tables':
      return quoteFile('src/server/db/schema.ts', entity.tables.join('\n\n'), `(${entity.name})`);
    case 'schemas': {
      const shared = `src/shared/${entity.kebab}.ts`;
      const content = files.find(({ path }) => path === shared)?.content;
      return content === undefined ? '' : quoteFile(shared, content);
    }
    case 'samples':
      return quoteSamples(entity);
  }
}

/** Whole records, each on a line of JSON: as many as there is room for, at least one. */
function quoteSamples({ samples, kebab }: EntityOutline): string {
  const records = samples.map((sample) => JSON.stringify(sample));
  let length = 0;
  const end = records.findIndex((record, index) => {
    length += record.length;
    return index > 0 && length > samplesShown;
  });
  const shown = end === -1 ? records : records.slice(0, end);
  if (shown.length === 0) return '';
  const note =
    records.length === 1
      ? '(the only sample, with the id 1)'
      : `(${shown.length} of ${records.length} samples, with the ids from 1)`;
  return quoteFile(`src/server/db/seeds/${kebab}.ts`, shown.join('\n'), note);
}

/** The entities that a feature is about: its own, those it is linked with, and those that its sentences name. */
export function entitiesOf(
  { feature, sentences }: SlicePlan,
  entities: readonly EntityOutline[],
): readonly EntityOutline[] {
  const own = entities.find(({ name }) => name === feature.entity);
  const words = [feature.title, feature.description ?? '', ...sentences].join(' ').toLowerCase();
  const others = entities.filter(
    (entity) => entity !== own && (own?.neighbours.includes(entity.name) || isNamed(entity, words)),
  );
  return own === undefined ? others : [own, ...others];
}

/** Whether a text has the name of an entity: `BlogPost` as "blog post" or "blog posts". */
function isNamed({ name }: EntityOutline, text: string): boolean {
  const words = name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ').toLowerCase();
  // Plurals of most nouns begin as the noun does but for its last letter: stories, boxes, wives.
  const stem = words.length > 3 ? words.replace(/(y|fe?|us|is)$/, '') : words;
  return new RegExp(`(?<![\\p{L}\\d])${stem}`, 'u').test(text);
}
