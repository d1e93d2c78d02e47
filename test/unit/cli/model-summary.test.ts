import assert from 'node:assert/strict';
import { modelSummary } from '../../../src/cli/model-summary.ts';
import type { SliceOutcome } from '../../../src/core/slice-outcome.ts';

describe('What the terminal says of a run with a model', () => {
  const slice = (title: string, more: Partial<SliceOutcome>): SliceOutcome => ({
    feature: title.toLowerCase(),
    title,
    status: 'accepted',
    checked: ['syntax', 'imports', 'types', 'lint', 'tests'],
    ...more,
  });

  it('names the features whose tests were not run, and why', () => {
    const untested: Partial<SliceOutcome> = {
      checked: ['syntax', 'imports', 'types', 'lint'],
      whyUnchecked: 'This machine was too busy.',
    };
    const lines = modelSummary({ slices: [slice('One', {}), slice('Two', untested), slice('Three', untested)] });
    assert.deepEqual(lines.slice(1), [
      { text: '  Not tested: Two, Three', style: 'yellow' },
      { text: '    This machine was too busy.', style: 'dim' },
    ]);
  });

  it('says nothing of checks where all were made', () => {
    assert.equal(modelSummary({ slices: [slice('One', {})] }).length, 1);
  });
});
