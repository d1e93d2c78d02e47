import type { CoveredSentence } from '../core/blueprint.ts';
import { splitCoverage } from '../core/coverage-parts.ts';
import type { CoverageSummary } from '../protocol/messages.ts';

/** How the requirements were covered, as the tracker shows it. */
export function summarizeCoverage(coverage: readonly CoveredSentence[]): CoverageSummary {
  const { covered, inPart, uncovered } = splitCoverage(coverage);
  return { sentences: coverage.length, covered: covered.length, inPart, uncovered };
}
