import assert from 'node:assert/strict';
import type { Blueprint, CoveredSentence, Feature } from '../../../src/core/blueprint.ts';
import { withSlices } from '../../../src/core/slice-coverage.ts';
import type { SliceOutcome } from '../../../src/core/slice-outcome.ts';
import type { Slice } from '../../../src/core/slices.ts';
import { planSlices } from '../../../src/render/slice-plan.ts';
import { blueprint as blueprintOf } from '../../support/blueprints.ts';

function custom(id: string, title: string, sentences: number[]): Feature {
  return { id, title, kind: 'custom', built: false, sentences };
}

function sentence(text: string, note?: string): CoveredSentence {
  return { text, start: 0, end: text.length, coveredBy: [], ...(note === undefined ? {} : { note }) };
}

const drafted: Blueprint = {
  ...blueprintOf([], [custom('import', 'Import contacts', [0, 1]), custom('remind', 'Remind of calls', [1])]),
  coverage: [
    sentence('Contacts are imported.', 'Importing is not built.'),
    sentence('They are imported, and people are reminded.', 'This is not built.'),
    sentence('It shall be beautiful.'),
  ],
};

function accepted(...ids: string[]): Slice[] {
  const plans = planSlices(drafted).filter(({ feature }) => ids.includes(feature.id));
  assert.equal(plans.length, ids.length);
  return plans.map((plan) => ({ plan, tables: [], files: [], packages: {} }));
}

function leftOut(feature: string, reason?: string): SliceOutcome {
  return { feature, title: feature, status: 'left-out', ...(reason === undefined ? {} : { reason }) };
}

const builtOf = ({ features }: Blueprint) => features.filter(({ built }) => built).map(({ id }) => id);

describe('a blueprint with slices', () => {
  it('stays as it is without any', () => {
    assert.deepEqual(withSlices(drafted, { accepted: [], outcomes: [] }), drafted);
  });

  it('has the accepted features, and their sentences are covered', () => {
    const result = withSlices(drafted, { accepted: accepted('import', 'remind'), outcomes: [] });
    assert.deepEqual(builtOf(result), ['import', 'remind']);
    assert.deepEqual(
      result.coverage.map(({ coveredBy, note }) => [coveredBy, note]),
      [
        [['feature:import'], undefined],
        [['feature:import', 'feature:remind'], undefined],
        [[], undefined],
      ],
    );
  });

  it('keeps the note of a sentence of which something is still missing', () => {
    const [whole, part] = withSlices(drafted, { accepted: accepted('import'), outcomes: [] }).coverage;
    assert.equal(whole?.note, undefined);
    assert.deepEqual([part?.coveredBy, part?.note], [['feature:import'], 'This is not built.']);
  });

  it('says why a feature was left out, beside what was built of the same sentence', () => {
    const outcomes = [leftOut('remind', 'Its tests fail.')];
    const result = withSlices(drafted, { accepted: accepted('import'), outcomes });
    assert.deepEqual(builtOf(result), ['import']);
    const [, part] = result.coverage;
    assert.deepEqual(part?.coveredBy, ['feature:import']);
    assert.equal(part?.note, 'Remind of calls is not built: Its tests fail.');
  });

  it('says it of every feature of a sentence', () => {
    const outcomes = [leftOut('import', 'It has no test.'), leftOut('remind')];
    const [whole, part] = withSlices(drafted, { accepted: [], outcomes }).coverage;
    assert.equal(whole?.note, 'Import contacts is not built: It has no test.');
    assert.equal(part?.note, 'Import contacts is not built: It has no test. Remind of calls is not built.');
    assert.deepEqual(part?.coveredBy, []);
  });

  it('believes an accepted slice more than an earlier outcome of it', () => {
    const result = withSlices(drafted, { accepted: accepted('import'), outcomes: [leftOut('import', 'Too long.')] });
    assert.equal(result.coverage[0]?.note, undefined);
  });

  it('changes nothing in the blueprint that it was given', () => {
    const before = structuredClone(drafted);
    withSlices(drafted, { accepted: accepted('import'), outcomes: [leftOut('remind', 'No.')] });
    assert.deepEqual(drafted, before);
  });
});
