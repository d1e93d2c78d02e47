import type { Blueprint, CoveredSentence } from './blueprint.ts';
import type { SliceReport } from './slices.ts';

/** The blueprint with what became of its slices: accepted features are built, and those left out say why, where the user reads it. */
export function withSlices(blueprint: Blueprint, { accepted, outcomes }: SliceReport): Blueprint {
  const built = new Set(accepted.map(({ plan }) => plan.feature.id));
  const reasons = new Map(
    outcomes.filter(({ status }) => status === 'left-out').map(({ feature, reason }) => [feature, reason]),
  );
  const features = blueprint.features.map((feature) => (built.has(feature.id) ? { ...feature, built: true } : feature));
  const coverage = blueprint.coverage.map((sentence, index): CoveredSentence => {
    const about = features.filter((feature) => feature.sentences.includes(index));
    const missing = about.find((feature) => !feature.built);
    const failed = about.filter((feature) => !feature.built && reasons.has(feature.id));
    const gained = about.filter((feature) => built.has(feature.id)).map((feature) => `feature:${feature.id}`);
    const coveredBy = [...new Set([...sentence.coveredBy, ...gained])];
    if (failed.length > 0) {
      const notes = failed.map(({ id, title }) => `${title} is not built${because(reasons.get(id))}`);
      return { ...sentence, coveredBy, note: notes.join(' ') };
    }
    if (gained.length === 0) return sentence;
    // A note of another feature that is still missing stays.
    if (missing !== undefined) return { ...sentence, coveredBy };
    const { note: _, ...rest } = sentence;
    return { ...rest, coveredBy };
  });
  return { ...blueprint, features, coverage };
}

function because(reason: string | undefined): string {
  return reason === undefined ? '.' : `: ${reason}`;
}
