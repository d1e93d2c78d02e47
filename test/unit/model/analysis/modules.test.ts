import assert from 'node:assert/strict';
import { finishBlueprint } from '../../../../src/core/finish-blueprint.ts';
import { AnalysisFormat } from '../../../../src/engines/model/analysis/analysis-format.ts';
import { type Draft, emptyDraft } from '../../../../src/engines/model/analysis/draft.ts';
import { fieldTypes } from '../../../../src/field-types/catalog.ts';
import { moduleSpecs } from '../../../../src/modules/catalog.ts';
import { FakeModel } from '../../../support/fake-model.ts';
import { found, read } from './read.ts';

const request = {
  projectName: 'Songs',
  description: '',
  requirements: 'Singers add songs with a title. Listeners comment on songs, the newest comments first.',
};

const songs: Draft = {
  ...emptyDraft,
  entities: [
    {
      name: 'Song',
      description: 'A song',
      fields: [{ name: 'title', type: 'string', required: true, unique: false }],
      relations: [],
      titleField: 'title',
      sentences: [0],
    },
  ],
};

function naming(module: Partial<NonNullable<Draft['modules']>[number]>): { value: Draft } {
  const usual = { id: 'comments', entities: ['Song'], options: [], sentences: [1] };
  return { value: { ...songs, modules: [{ ...usual, ...module }] } };
}

describe('modules that a model names', () => {
  it('are built on its entities, with its options, as features of their sentences', async () => {
    const port = new FakeModel([naming({ entities: ['songs'], options: [{ name: 'first', value: 'newest' }] })]);
    const { blueprint, steps } = await read(request, port);
    assert.deepEqual(blueprint.modules, [
      { id: 'comments', options: { first: 'newest' }, entities: ['Song'], sentences: [1] },
    ]);
    assert.ok(found(steps, 'feature').includes('Comment on songs'));
    const { features, phrases } = finishBlueprint(blueprint, fieldTypes);
    assert.ok(features.some(({ title, built }) => title === 'Comment on songs' && built));
    assert.deepEqual(phrases[1]?.state, { kind: 'built', by: ['module:comments', 'feature:comment-on-songs'] });
  });

  const wrong: readonly (readonly [string, Parameters<typeof naming>[0], RegExp])[] = [
    ['is not in the list', { id: 'chat' }, /There is no module "chat"/],
    ['works on what is no entity', { entities: ['Album'] }, /works on "Album", which is not an entity/],
    [
      'has an option that it does not take',
      { options: [{ name: 'first', value: 'best' }] },
      /option of the module "comments"/,
    ],
    ['no sentence asks for', { sentences: [] }, /No sentence asks for the module "comments"/],
  ];
  for (const [what, module, problem] of wrong) {
    it(`are asked for again where one ${what}`, async () => {
      const port = new FakeModel([naming(module), naming({})]);
      const { blueprint } = await read(request, port);
      assert.match(port.prompts[1]?.task ?? '', problem);
      assert.deepEqual(
        blueprint.modules?.map(({ id }) => id),
        ['comments'],
      );
    });
  }

  it('are told to it, and only where there are any', () => {
    assert.match(new AnalysisFormat(fieldTypes, moduleSpecs).prefix, /# Modules\n[^#]*- comments: visitors read/);
    assert.doesNotMatch(new AnalysisFormat(fieldTypes, []).prefix, /# Modules/);
  });
});
