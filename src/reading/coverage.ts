import type { Actor, CoveredSentence, Entity, Feature, Page, Theme } from '../core/blueprint-draft.ts';
import { isApplication } from './concepts.ts';
import { storesNothing } from './kind.ts';
import { isCopy } from './page-copy.ts';
import type { ReadStatement } from './reading.ts';
import { isTitle, type Statement } from './sentences.ts';
import { qualityWish, unbuiltRules } from './unbuilt.ts';

/** Accounts for every statement: what covers it, and in plain words what does not. */

export interface CoverageInput {
  readonly statements: readonly ReadStatement[];
  readonly entities: readonly Entity[];
  readonly features: readonly Feature[];
  readonly actors: readonly Actor[];
  readonly pages: readonly Page[];
  readonly theme: Theme;
  /** The statements that the home page quotes. */
  readonly introduction: readonly number[];
  /** `field:Post.title` to the statements that ask for it. */
  readonly fields: ReadonlyMap<string, readonly number[]>;
  readonly relations: ReadonlyMap<string, readonly number[]>;
  /** More to say about a statement: what was left out of it. */
  readonly remarks: ReadonlyMap<number, readonly string[]>;
}

/** "Build a to-do app": answered by the application itself, unless it is of a kind that is not built. */
function beginsProject({ clauses, kind, body }: ReadStatement): boolean {
  if (kind !== 'sentence' && kind !== 'bullet') return false;
  if (unbuiltRules.some(({ pattern }) => pattern.test(body))) return false;
  if (
    /^(?:please )?(?:make|build|create|develop|implement|design) (?:me |us )?an? [\w -]*\b(?:site|website|page|app)\b/i.test(
      body,
    )
  )
    return true;
  return clauses.some(({ verbs, objects, subjects }) =>
    verbs.length === 0
      ? clauses.length === 1 && subjects.length === 1 && subjects.some(isApplication)
      : verbs.some((verb) => /^(?:build|make|create|develop|implement|want|need|design)$/.test(verb)) &&
        objects.some(isApplication),
  );
}

/** A sentence that more than these answer is about everything. */
export const maxReferences = 60;

export function coverageOf(input: CoverageInput): CoveredSentence[] {
  const references: string[][] = input.statements.map(() => []);
  const cover = (reference: string, sentences: readonly number[]) => {
    for (const index of sentences) {
      const list = references[index];
      if (list && list.length < maxReferences && !list.includes(reference)) list.push(reference);
    }
  };
  for (const entity of input.entities) cover(`entity:${entity.name}`, entity.sentences);
  for (const [reference, sentences] of input.fields) cover(reference, sentences);
  for (const [reference, sentences] of input.relations) cover(reference, sentences);
  for (const feature of input.features) if (feature.built) cover(`feature:${feature.id}`, feature.sentences);
  for (const actor of input.actors) cover(`actor:${actor.id}`, actor.sentences);
  cover('theme:colors', input.theme.sentences);
  cover('page:home', input.introduction);
  for (const [index, statement] of input.statements.entries()) {
    const isAnswered = input.entities.length === 0 && storesNothing.test(statement.body);
    if (beginsProject(statement) || isAnswered) references[index]?.push('project:name');
    const isNamed = index === 0 && /^\W*(?:project|app|application|name|title)\b/i.test(statement.body);
    if (isTitle(input.statements, index) || (statement.kind === 'heading' && isNamed))
      references[index]?.push('project:name');
  }
  const pagesOf = new Map(
    input.features
      .filter(({ kind }) => kind === 'content')
      .map((feature) => [feature.id.replace(/^read-/, ''), feature.sentences]),
  );
  for (const page of input.pages) if (page.kind === 'content') cover(`page:${page.id}`, pagesOf.get(page.id) ?? []);
  coverHeadings(input.statements, references);
  return input.statements.map((statement, index) => {
    // An actor alone shows only that somebody is spoken of, and builds nothing.
    const all = references[index] ?? [];
    const coveredBy = all.every((reference) => reference.startsWith('actor:')) ? [] : all;
    const note = noteFor(statement, coveredBy, input.remarks.get(index) ?? []);
    return {
      text: statement.text,
      start: statement.start,
      end: statement.end,
      coveredBy,
      ...(note === undefined ? {} : { note }),
    };
  });
}

/** A heading that asks for nothing itself is answered by what answers the statements under it. */
export function coverHeadings(statements: readonly Statement[], references: readonly string[][]): void {
  const asksNothing = references.map((own) => own.length === 0);
  for (let index = statements.length - 1; index >= 0; index--) {
    const under = statements[index]?.under;
    if (under === undefined || statements[under]?.kind !== 'heading' || !asksNothing[under]) continue;
    const own = references[under] ?? [];
    for (const reference of references[index] ?? []) {
      if (own.length < maxReferences && !own.includes(reference)) own.push(reference);
    }
  }
}

function noteFor(
  statement: ReadStatement,
  coveredBy: readonly string[],
  remarks: readonly string[],
): string | undefined {
  const isCovered = coveredBy.length > 0;
  const isQuoted = isCopy(statement.body) && coveredBy.some((reference) => reference.startsWith('page:'));
  if (statement.kind === 'code') return 'Code is not read. Say in a sentence what it is for.';
  const advice =
    statement.kind === 'row' || isQuoted
      ? []
      : unbuiltRules.filter(({ pattern }) => pattern.test(statement.body)).map((rule) => rule.advice);
  const notes = [...remarks, ...advice];
  if (notes.length > 0) return notes.join(' ');
  if (isCovered) return undefined;
  if (statement.kind === 'row') return 'A row of a table that names nothing to store.';
  if (statement.kind === 'heading') return 'A heading with nothing under it that was understood.';
  if (qualityWish.test(statement.body))
    return 'A wish about quality in general: no single part of the application answers it, so nothing was built for it.';
  return 'Nothing was built for this: the offline engine found no thing to store and no action that it knows. Say what should be kept and who does what with it, such as "Users can add notes with a title and a text".';
}
