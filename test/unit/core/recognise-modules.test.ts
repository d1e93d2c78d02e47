import assert from 'node:assert/strict';
import * as z from 'zod';
import type { BlueprintDraft } from '../../../src/core/blueprint-draft.ts';
import { finishBlueprint } from '../../../src/core/finish-blueprint.ts';
import { moduleFault } from '../../../src/core/module-faults.ts';
import type { ModuleSpec, Recognised } from '../../../src/core/module-spec.ts';
import { recogniseModules } from '../../../src/core/recognise-modules.ts';
import { fieldTypes } from '../../../src/field-types/catalog.ts';
import { blueprint, customFeature, entity, feature } from '../../support/blueprints.ts';

const post = entity('Post', 'Posts');
const note = entity('Note', 'Notes', [
  { name: 'post', label: 'Post', kind: 'many-to-one', target: 'Post', required: true, inverse: 'notes' },
]);

function specOf(found: readonly Recognised<{ size: number }>[], more: Partial<ModuleSpec> = {}): ModuleSpec {
  return {
    id: 'notes',
    title: 'Notes',
    requires: [],
    options: z.object({ size: z.number().max(9) }),
    recognise: () => found,
    ability: (about) => `Take notes on ${about?.pluralLabel ?? 'everything'}`,
    promptLine: 'people take notes',
    whenMissing: 'Notes are not built.',
    ...more,
  };
}

/** Two sentences: about posts, and about notes. */
function draftOf(coveredBy: readonly string[], note_?: string): BlueprintDraft {
  return {
    ...blueprint([post, note], [feature('list', 'Post'), feature('list', 'Note')]),
    actors: [{ id: 'reader', name: 'Reader', profile: 'Note', sentences: [] }],
    coverage: [
      { text: 'Posts.', start: 0, end: 6, coveredBy: ['entity:Post'] },
      { text: 'Notes.', start: 7, end: 13, coveredBy: [...coveredBy], ...(note_ === undefined ? {} : { note: note_ }) },
    ],
  };
}

const asked: Recognised<{ size: number }> = {
  options: { size: 3 },
  entities: ['Post'],
  sentences: [1],
  replaces: ['Note'],
};

describe('recognising modules', () => {
  it('takes an entity out that a module replaces, with everything that speaks of it', () => {
    const draft = recogniseModules(draftOf(['entity:Note', 'relation:Note.post', 'feature:list-note']), [
      specOf([asked]),
    ]);
    assert.deepEqual(
      draft.entities.map(({ name }) => name),
      ['Post'],
    );
    assert.deepEqual(
      draft.features.map(({ title }) => title),
      ['list Post', 'Take notes on Posts'],
    );
    assert.deepEqual(draft.actors, [{ id: 'reader', name: 'Reader', sentences: [] }]);
    assert.deepEqual(draft.coverage[1]?.coveredBy, ['module:notes', 'feature:take-notes-on-posts']);
    const finished = finishBlueprint(draft, fieldTypes);
    assert.deepEqual(finished.modules, [
      { id: 'notes', options: { size: 3 }, entities: ['post'], origin: { by: 'text', phrases: [1] } },
    ]);
    assert.deepEqual(finished.phrases[1]?.state, {
      kind: 'built',
      by: ['module:notes', 'feature:take-notes-on-posts'],
    });
  });

  it('leaves an entity that the text defines, and does not use the module', () => {
    const draft = draftOf(['entity:Note', 'field:Note.name']);
    assert.equal(recogniseModules(draft, [specOf([asked])]), draft);
  });

  it('takes back what was said of a sentence that nothing answered, and nothing else', () => {
    const answered = recogniseModules(draftOf([], 'Nothing was built for this.'), [specOf([asked])]);
    assert.equal(answered.coverage[1]?.note, undefined);
    const beside = recogniseModules(draftOf(['entity:Post'], 'Charts are not built.'), [specOf([asked])]);
    assert.equal(beside.coverage[1]?.note, 'Charts are not built.');
  });

  it('keeps what is said of a feature that is not built', () => {
    const draft = draftOf([], 'Charts are not built.');
    const { origin: _, ...chart } = customFeature('draw-charts', 'Draw charts');
    const recognised = recogniseModules({ ...draft, features: [{ ...chart, sentences: [1] }] }, [specOf([asked])]);
    assert.equal(recognised.coverage[1]?.note, 'Charts are not built.');
  });

  it('says that a module is not built where all that it works on is missing', () => {
    const draft = recogniseModules(draftOf([], 'Nothing was built for this.'), [
      specOf([{ ...asked, entities: ['Video'], replaces: [] }]),
    ]);
    assert.deepEqual(draft.modules, []);
    assert.equal(draft.coverage[1]?.note, 'Notes are not built.');
    assert.deepEqual(draft.features.length, 2);
  });

  it('makes one use of several parts, with a feature for each entity', () => {
    const parts = [
      { ...asked, replaces: [] },
      { options: { size: 4 }, entities: ['Note', 'Post'], sentences: [0] },
    ];
    const draft = recogniseModules(draftOf([]), [specOf(parts)]);
    assert.deepEqual(draft.modules, [
      { id: 'notes', options: { size: 4 }, entities: ['Post', 'Note'], sentences: [0, 1] },
    ]);
    const features = draft.features.slice(2).map(({ title, sentences }) => ({ title, sentences }));
    assert.deepEqual(features, [
      { title: 'Take notes on Posts', sentences: [0, 1] },
      { title: 'Take notes on Notes', sentences: [0] },
    ]);
  });

  it('brings the modules along that one builds on, before it', () => {
    const base = specOf([], { id: 'paper', options: z.object({}) });
    const draft = recogniseModules(draftOf([]), [base, specOf([asked], { requires: ['paper'] })]);
    assert.deepEqual(
      draft.modules?.map(({ id }) => id),
      ['paper', 'notes'],
    );
    assert.equal(finishBlueprint(draft, fieldTypes).modules[0]?.origin.by, 'assumed');
  });
});

describe('a blueprint with modules', () => {
  it('takes back coverage by a module that is not there', () => {
    const finished = finishBlueprint(draftOf(['module:notes']), fieldTypes);
    assert.equal(finished.phrases[1]?.state.kind, 'not-built');
  });

  it('is not valid with a module on an entity that is not there, or with a module twice', () => {
    const use = { id: 'notes', options: {}, entities: ['Post'], sentences: [] };
    const finish = (modules: BlueprintDraft['modules']) => () =>
      finishBlueprint({ ...draftOf([]), modules }, fieldTypes);
    assert.throws(finish([{ ...use, entities: ['Video'] }]), /module "notes" works on Video/);
    assert.throws(finish([use, use]), /"notes" is there twice/);
    assert.doesNotThrow(finish([use]));
  });

  it('says what keeps its modules from being built', () => {
    const specs = [specOf([])];
    assert.match(moduleFault([{ id: 'maps', options: {} }], specs) ?? '', /"maps", which this version of Takoss lacks/);
    assert.match(
      moduleFault([{ id: 'notes', options: { size: 10 } }], specs) ?? '',
      /notes\.size: .* Notes are not built\./,
    );
    const needy = [specOf([], { requires: ['paper'] })];
    assert.match(moduleFault([{ id: 'notes', options: { size: 1 } }], needy) ?? '', /builds on the module "paper"/);
    assert.equal(moduleFault([{ id: 'notes', options: { size: 1 } }], specs), undefined);
  });
});
