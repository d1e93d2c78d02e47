import { accessReasons } from './access-notes.ts';
import type { Blueprint, Feature } from './blueprint.ts';
import { type Phrase, phrasesOf } from './phrases.ts';
import type { SliceReport } from './slices.ts';

/** The blueprint with what became of its slices: accepted features are built, and those left out say why, where the user reads it. */
export function withSlices(blueprint: Blueprint, { accepted, outcomes }: SliceReport): Blueprint {
  const built = new Set(accepted.map(({ plan }) => plan.feature.id));
  const reasons = new Map(
    outcomes.filter(({ status }) => status === 'left-out').map(({ feature, reason }) => [feature, reason]),
  );
  const features = blueprint.features.map((feature) => (built.has(feature.id) ? { ...feature, built: true } : feature));
  const standing = accessReasons(blueprint.entities);
  const about = features.map((feature) => ({ feature, phrases: new Set(phrasesOf(feature.origin)) }));
  const phrases = blueprint.phrases.map((phrase, index): Phrase => {
    // No feature checks who may do what.
    if (phrase.state.kind === 'not-built' && standing.has(phrase.state.why)) return phrase;
    const own = about.filter((item) => item.phrases.has(index)).map(({ feature }) => feature);
    const gained = own.filter(({ id }) => built.has(id)).map(({ id }) => `feature:${id}`);
    return {
      ...phrase,
      state: stateWith(
        phrase.state,
        gained,
        own.filter((feature) => !feature.built),
        reasons,
      ),
    };
  });
  return { ...blueprint, features, phrases };
}

function stateWith(
  state: Phrase['state'],
  gained: readonly string[],
  missing: readonly Feature[],
  reasons: ReadonlyMap<string, string | undefined>,
): Phrase['state'] {
  if (state.kind === 'built') return { ...state, by: [...new Set([...state.by, ...gained])] };
  const failed = missing.filter(({ id }) => reasons.has(id));
  if (failed.length > 0) {
    return {
      kind: 'not-built',
      why: failed.map(({ id, title }) => `${title} is not built${because(reasons.get(id))}`).join(' '),
    };
  }
  // Where another feature is still missing, so is what it says of it.
  const [first, ...others] = gained;
  return first === undefined || missing.length > 0 ? state : { kind: 'built', by: [first, ...others] };
}

function because(reason: string | undefined): string {
  return reason === undefined ? '.' : `: ${reason}`;
}
