import assert from 'node:assert/strict';
import type { Blueprint } from '../../../src/core/blueprint.ts';
import type { CoveredSentence, Feature } from '../../../src/core/blueprint-draft.ts';
import { finishBlueprint } from '../../../src/core/finish-blueprint.ts';
import type { PhraseState } from '../../../src/core/phrases.ts';
import { sliceContribution } from '../../../src/core/slice-contribution.ts';
import { withSlices } from '../../../src/core/slice-coverage.ts';
import type { SliceOutcome } from '../../../src/core/slice-outcome.ts';
import type { Slice } from '../../../src/core/slices.ts';
import { fieldTypes } from '../../../src/field-types/catalog.ts';
import { planSlices } from '../../../src/render/slice-plan.ts';
import { blueprint as draft } from '../../support/blueprints.ts';

function custom(id: string, title: string, sentences: number[]): Feature {
  return { id, title, kind: 'custom', built: false, sentences };
}

function sentence(text: string, note: string): CoveredSentence {
  return { text, start: 0, end: text.length, coveredBy: [], note };
}

const drafted: Blueprint = finishBlueprint(
  {
    ...draft([], [custom('import', 'Import contacts', [0, 1]), custom('remind', 'Remind of calls', [1])]),
    coverage: [
      sentence('Contacts are imported.', 'Importing is not built.'),
      sentence('They are imported, and people are reminded.', 'This is not built.'),
      sentence('It shall be beautiful.', 'That is a wish.'),
    ],
  },
  fieldTypes,
);

function accepted(...ids: string[]): Slice[] {
  const plans = planSlices(drafted, fieldTypes).filter(({ feature }) => ids.includes(feature.id));
  assert.equal(plans.length, ids.length);
  return plans.map((plan) => sliceContribution(plan, { tables: [], files: [], packages: {} }));
}

function leftOut(feature: string, reason?: string): SliceOutcome {
  return { feature, title: feature, status: 'left-out', ...(reason === undefined ? {} : { reason }) };
}

const builtOf = ({ features }: Blueprint) => features.filter(({ built }) => built).map(({ id }) => id);
const statesOf = ({ phrases }: Blueprint): PhraseState[] => phrases.map(({ state }) => state);
const wish: PhraseState = { kind: 'not-built', why: 'That is a wish.' };

describe('a blueprint with slices', () => {
  it('stays as it is without any', () => {
    assert.deepEqual(withSlices(drafted, { accepted: [], outcomes: [] }), drafted);
  });

  it('has the accepted features, and the phrases that ask for them are built', () => {
    const result = withSlices(drafted, { accepted: accepted('import', 'remind'), outcomes: [] });
    assert.deepEqual(builtOf(result), ['import', 'remind']);
    assert.deepEqual(statesOf(result), [
      { kind: 'built', by: ['feature:import'] },
      { kind: 'built', by: ['feature:import', 'feature:remind'] },
      wish,
    ]);
  });

  it('says that a phrase is not built while something of it is missing', () => {
    const result = withSlices(drafted, { accepted: accepted('import'), outcomes: [] });
    assert.deepEqual(statesOf(result), [
      { kind: 'built', by: ['feature:import'] },
      { kind: 'not-built', why: 'This is not built.' },
      wish,
    ]);
  });

  it('says why a feature was left out, where it was asked for', () => {
    const outcomes = [leftOut('remind', 'Its tests fail.')];
    const result = withSlices(drafted, { accepted: accepted('import'), outcomes });
    assert.deepEqual(builtOf(result), ['import']);
    assert.deepEqual(statesOf(result)[1], { kind: 'not-built', why: 'Remind of calls is not built: Its tests fail.' });
  });

  it('says it of every feature that a phrase asks for', () => {
    const outcomes = [leftOut('import', 'It has no test.'), leftOut('remind')];
    assert.deepEqual(statesOf(withSlices(drafted, { accepted: [], outcomes })), [
      { kind: 'not-built', why: 'Import contacts is not built: It has no test.' },
      { kind: 'not-built', why: 'Import contacts is not built: It has no test. Remind of calls is not built.' },
      wish,
    ]);
  });

  it('believes an accepted slice more than an earlier outcome of it', () => {
    const result = withSlices(drafted, { accepted: accepted('import'), outcomes: [leftOut('import', 'Too long.')] });
    assert.deepEqual(statesOf(result)[0], { kind: 'built', by: ['feature:import'] });
  });

  it('changes nothing in the blueprint that it was given', () => {
    const before = structuredClone(drafted);
    withSlices(drafted, { accepted: accepted('import'), outcomes: [leftOut('remind', 'No.')] });
    assert.deepEqual(drafted, before);
  });
});
