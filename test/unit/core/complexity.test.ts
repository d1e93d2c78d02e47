import assert from 'node:assert/strict';
import { complexityScore, measureComplexity } from '../../../src/core/complexity.ts';
import { finishBlueprint } from '../../../src/core/finish-blueprint.ts';
import { fieldTypes } from '../../../src/field-types/catalog.ts';
import { blueprint as draft, entity, feature } from '../../support/blueprints.ts';

const blueprint = (...parts: Parameters<typeof draft>) => finishBlueprint(draft(...parts), fieldTypes);

describe('complexity', () => {
  it('scores by the formula: nothing is 0, 1500 CFP and more is 100', () => {
    assert.equal(complexityScore(0), 0);
    assert.equal(complexityScore(20), 16);
    assert.equal(complexityScore(100), 41);
    assert.equal(complexityScore(1500), 100);
    assert.equal(complexityScore(100_000), 100);
  });

  it('counts the movements of the five operations on a lone entity', () => {
    const kinds = ['list', 'view', 'create', 'update', 'delete'] as const;
    const measured = measureComplexity(
      blueprint(
        [entity('Note', 'Notes')],
        kinds.map((kind) => feature(kind, 'Note')),
      ),
    );
    assert.deepEqual(
      measured.processes.map(({ name, entry, exit, read, write, cfp }) => [name, entry, exit, read, write, cfp]),
      [
        ['list Note', 1, 2, 1, 0, 4],
        ['view Note', 1, 2, 1, 0, 4],
        ['create Note', 1, 1, 0, 1, 3],
        ['update Note', 1, 2, 1, 1, 5],
        ['delete Note', 1, 1, 0, 1, 3],
      ],
    );
    assert.equal(measured.cfp, 19);
    assert.equal(measured.score, complexityScore(19));
  });

  it('counts what relations move: targets are read, link tables written, holders shown', () => {
    const note = entity('Note', 'Notes', [
      { name: 'tag', label: 'Tags', kind: 'many-to-many', target: 'Tag', required: false, inverse: 'notes' },
    ]);
    const { processes } = measureComplexity(
      blueprint([note, entity('Tag', 'Tags')], [feature('create', 'Note'), feature('view', 'Tag')]),
    );
    assert.deepEqual(
      processes.map(({ entry, exit, read, write }) => ({ entry, exit, read, write })),
      [
        { entry: 1, exit: 1, read: 1, write: 2 },
        { entry: 1, exit: 3, read: 2, write: 0 },
      ],
    );
  });

  it('counts content pages, and neither colours nor sorting', () => {
    const { cfp, processes } = measureComplexity(
      blueprint([entity('Note', 'Notes')], [feature('content'), feature('theme'), feature('sort', 'Note')]),
    );
    assert.equal(processes.length, 1);
    assert.equal(cfp, 2);
  });

  it('adds up: the total is the sum of the table', () => {
    const { cfp, processes } = measureComplexity(
      blueprint([entity('Note', 'Notes')], [feature('list', 'Note'), feature('custom', 'Note'), feature('custom')]),
    );
    assert.equal(
      cfp,
      processes.reduce((sum, row) => sum + row.entry + row.exit + row.read + row.write, 0),
    );
  });
});
