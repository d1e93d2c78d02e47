import type { Actor, CoveredSentence, Entity, Feature, Theme } from '../../../core/blueprint-draft.ts';
import { coverHeadings, maxReferences } from '../../../reading/coverage.ts';
import { isTitle, type Statement } from '../../../reading/sentences.ts';

export interface CoverageParts {
  readonly statements: readonly Statement[];
  readonly actors: readonly Actor[];
  readonly entities: readonly Entity[];
  readonly features: readonly Feature[];
  readonly modules: readonly { readonly id: string; readonly sentences: readonly number[] }[];
  readonly theme: Theme;
  /** The sentences that the home page answers. */
  readonly home: readonly number[];
  readonly pages: readonly { readonly id: string; readonly sentences: readonly number[] }[];
  /** The sentences that only say what the project is. */
  readonly about: readonly number[];
  /** Why sentences are not met. */
  readonly unmet: ReadonlyMap<number, string>;
}

/** Accounts for every sentence: what covers it, and in plain words what does not. */
export function coverSentences(parts: CoverageParts): CoveredSentence[] {
  const { statements, actors, entities, features, theme, pages } = parts;
  const references: string[][] = statements.map(() => []);
  const cover = (reference: string, sentences: readonly number[]): void => {
    for (const index of sentences) {
      const list = references[index];
      if (list !== undefined && list.length < maxReferences && !list.includes(reference)) list.push(reference);
    }
  };
  for (const { name, sentences } of entities) cover(`entity:${name}`, sentences);
  for (const { id, built, sentences } of features) if (built) cover(`feature:${id}`, sentences);
  for (const { id, sentences } of parts.modules) cover(`module:${id}`, sentences);
  for (const { id, sentences } of actors) cover(`actor:${id}`, sentences);
  cover('theme:colors', theme.sentences);
  cover('page:home', parts.home);
  for (const { id, sentences } of pages) cover(`page:${id}`, sentences);
  cover('project:name', parts.about);
  if (isTitle(statements, 0)) cover('project:name', [0]);
  coverHeadings(statements, references);
  const missing = new Map<number, Feature[]>();
  for (const feature of features.filter(({ built }) => !built))
    for (const index of feature.sentences) missing.set(index, [...(missing.get(index) ?? []), feature]);
  return statements.map((statement, index) => {
    const all = references[index] ?? [];
    // An actor alone shows only that somebody is spoken of, and builds nothing.
    const coveredBy = all.every((reference) => reference.startsWith('actor:')) ? [] : all;
    const notes = (missing.get(index) ?? []).map(({ title }) => `${title} is not built.`);
    const reason = parts.unmet.get(index);
    if (reason !== undefined && reason !== '') notes.push(reason);
    if (notes.length === 0 && coveredBy.length === 0) notes.push(whyNothing(statement, all.length > 0));
    const { text, start, end } = statement;
    return { text, start, end, coveredBy, ...(notes.length === 0 ? {} : { note: notes.join(' ') }) };
  });
}

function whyNothing({ kind }: Statement, namesActor: boolean): string {
  if (kind === 'code') return 'Code is not read. Say in a sentence what it is for.';
  if (kind === 'heading') return 'A heading with nothing under it that was understood.';
  return namesActor
    ? 'It says who uses the application, and asks for nothing that could be built.'
    : 'The model found nothing in it to build.';
}
