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
    const failed = about.find((feature) => reasons.has(feature.id));
    const gained = about.filter((feature) => built.has(feature.id)).map((feature) => `feature:${feature.id}`);
    if (failed !== undefined) return { ...sentence, note: `${failed.title} is not built: ${reasons.get(failed.id)}` };
    if (gained.length === 0) return sentence;
    const coveredBy = [...new Set([...sentence.coveredBy, ...gained])];
    // A note of another feature that is still missing stays.
    if (missing !== undefined) return { ...sentence, coveredBy };
    const { note: _, ...rest } = sentence;
    return { ...rest, coveredBy };
  });
  return { ...blueprint, features, coverage };
}
