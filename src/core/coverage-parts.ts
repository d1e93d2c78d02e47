import type { Blueprint } from './blueprint.ts';
import type { Phrase } from './phrases.ts';

/** Every sentence and phrase of the requirements. */
export type Coverage = Pick<Blueprint, 'sentences' | 'phrases'>;

/** A sentence with what the user has to know about it. */
export interface NotedSentence {
  readonly text: string;
  readonly note: string;
}

/** Every sentence of the requirements, by what became of its phrases. */
export interface CoverageParts {
  /** All that it asks for is built, or left out as it asks. */
  readonly covered: readonly string[];
  /** Something of it is built, and something is not: the note says what is missing. */
  readonly inPart: readonly NotedSentence[];
  /** It asks for something, and nothing of it is built. */
  readonly uncovered: readonly NotedSentence[];
  /** It only says what is not wanted, and that is not there. */
  readonly leftOut: readonly string[];
  /** It is for another time, by its own words. */
  readonly later: readonly string[];
  /** It asks for nothing. */
  readonly context: readonly string[];
}

type Part = keyof CoverageParts;

export function splitCoverage({ sentences, phrases }: Coverage): CoverageParts {
  const bySentence = sentences.map((): Phrase[] => []);
  for (const phrase of phrases) bySentence[phrase.sentence]?.push(phrase);
  const of = (part: Part): readonly number[] =>
    sentences.flatMap((_, index) => (partOf(bySentence[index] ?? []) === part ? [index] : []));
  const textOf = (index: number): string => sentences[index]?.text ?? '';
  const noted = (index: number): NotedSentence => ({ text: textOf(index), note: missing(bySentence[index] ?? []) });
  return {
    covered: of('covered').map(textOf),
    inPart: of('inPart').map(noted),
    uncovered: of('uncovered').map(noted),
    leftOut: of('leftOut').map(textOf),
    later: of('later').map(textOf),
    context: of('context').map(textOf),
  };
}

function partOf(phrases: readonly Phrase[]): Part {
  const has = (kind: Phrase['state']['kind']): boolean => phrases.some(({ state }) => state.kind === kind);
  if (has('not-built')) return has('built') ? 'inPart' : 'uncovered';
  if (has('built')) return 'covered';
  if (has('later')) return 'later';
  return has('left-out') ? 'leftOut' : 'context';
}

/** Why parts of a sentence are not built. */
function missing(phrases: readonly Phrase[]): string {
  const reasons = phrases.flatMap(({ state }) => (state.kind === 'not-built' ? [state.why] : []));
  return [...new Set(reasons)].join(' ');
}
