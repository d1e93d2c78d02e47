import type { CoveredSentence } from './blueprint.ts';

/** A sentence with what the user has to know about it. */
export interface NotedSentence {
  readonly text: string;
  readonly note: string;
}

/** Every sentence of the requirements, by what became of it. */
export interface CoverageParts {
  /** Covered, with nothing to say about it. */
  readonly covered: readonly CoveredSentence[];
  /** Covered by something, and not by all that it asks for: the note says what is missing. */
  readonly inPart: readonly NotedSentence[];
  readonly uncovered: readonly NotedSentence[];
}

export function splitCoverage(coverage: readonly CoveredSentence[]): CoverageParts {
  const isCovered = ({ coveredBy }: CoveredSentence): boolean => coveredBy.length > 0;
  return {
    covered: coverage.filter((sentence) => isCovered(sentence) && sentence.note === undefined),
    inPart: coverage.flatMap((sentence) => {
      const { text, note } = sentence;
      return isCovered(sentence) && note !== undefined ? [{ text, note }] : [];
    }),
    uncovered: coverage
      .filter((sentence) => !isCovered(sentence))
      .map(({ text, note }) => ({ text, note: note ?? 'Nothing in the application covers this yet.' })),
  };
}
