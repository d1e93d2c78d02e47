import type { CoveredSentence } from '../core/blueprint.ts';
import type { CoverageSummary } from '../protocol/messages.ts';

/** How the requirements were covered, as the tracker shows it. */
export function summarizeCoverage(coverage: readonly CoveredSentence[]): CoverageSummary {
  const uncovered = coverage.filter((sentence) => sentence.coveredBy.length === 0);
  return {
    sentences: coverage.length,
    covered: coverage.length - uncovered.length,
    uncovered: uncovered.map(({ text, note }) => ({
      text,
      note: note ?? 'Nothing in the application covers this yet.',
    })),
  };
}
