import { type Coverage, splitCoverage } from '../core/coverage-parts.ts';
import type { CoverageSummary } from '../protocol/messages.ts';

/** How the requirements were covered, as the tracker shows it. */
export function summarizeCoverage(coverage: Coverage): CoverageSummary {
  return { ...splitCoverage(coverage), sentences: coverage.sentences.length };
}
