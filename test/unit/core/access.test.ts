import assert from 'node:assert/strict';
import { untoldAccess } from '../../../src/core/access-notes.ts';
import type { BlueprintDraft, Entity } from '../../../src/core/blueprint-draft.ts';
import { splitCoverage } from '../../../src/core/coverage-parts.ts';
import { finishBlueprint } from '../../../src/core/finish-blueprint.ts';
import { sliceContribution } from '../../../src/core/slice-contribution.ts';
import { withSlices } from '../../../src/core/slice-coverage.ts';
import { fieldTypes } from '../../../src/field-types/catalog.ts';
import { planSlices } from '../../../src/render/slice-plan.ts';
import { blueprint, entity, feature } from '../../support/blueprints.ts';

const author = {
  name: 'author',
  label: 'Author',
  kind: 'many-to-one',
  target: 'Person',
  required: true,
  inverse: 'posts',
} as const;
const boss = {
  name: 'boss',
  label: 'Boss',
  kind: 'many-to-one',
  target: 'Person',
  required: false,
  inverse: 'team',
} as const;
const editor = { id: 'editor', name: 'Editor', sentences: [] };

function text(...said: readonly (readonly [text: string, coveredBy: string[], note?: string])[]) {
  return said.map(([sentence, coveredBy, note]) => ({
    text: sentence,
    start: 0,
    end: sentence.length,
    coveredBy,
    ...(note === undefined ? {} : { note }),
  }));
}

/** Posts of people, with these rules. */
function posts(access: Entity['access'], coverage: BlueprintDraft['coverage'] = [], more: Partial<Entity> = {}) {
  const post: Entity = { ...entity('Post', 'Posts', [author]), ...(access && { access }), ...more };
  const draft = blueprint([post, entity('Person', 'People', [boss])], [feature('list', 'Post')]);
  return { ...draft, actors: [editor], coverage };
}

const statesOf = (draft: BlueprintDraft) => finishBlueprint(draft, fieldTypes).phrases.map(({ state }) => state);
const untold = (draft: BlueprintDraft) => {
  const { entities, phrases } = finishBlueprint(draft, fieldTypes);
  return untoldAccess(entities, phrases);
};

describe('a rule of access', () => {
  it('is not built while there are no accounts, beside what is built of its sentence', () => {
    const said = text(['Editors delete posts, and nobody else.', ['entity:Post', 'access:Post/delete']]);
    assert.deepEqual(statesOf(posts({ delete: { role: 'editor' } }, said)), [
      { kind: 'built', by: ['entity:Post'] },
      { kind: 'not-built', why: 'Who may delete posts is not checked yet: there are no accounts.' },
    ]);
    assert.equal(
      splitCoverage(finishBlueprint(posts({ delete: { role: 'editor' } }, said), fieldTypes)).inPart.length,
      1,
    );
  });

  it('is built where it says that everyone may', () => {
    const said = text(
      ['Everyone can read posts.', ['access:Post/view']],
      ['Editors write them.', ['access:Post/create']],
    );
    assert.deepEqual(statesOf(posts({ view: 'everyone', create: { role: 'editor' } }, said)), [
      { kind: 'built', by: ['access:Post/view'] },
      { kind: 'not-built', why: 'Who may add posts is not checked yet: there are no accounts.' },
    ]);
  });

  it('is no claim where there is none', () => {
    const said = text(['Editors delete posts.', ['access:Post/delete']]);
    assert.deepEqual(statesOf(posts(undefined, said)), [
      { kind: 'not-built', why: 'Nothing in the application covers this yet.' },
    ]);
  });

  it('is said for all actions and fields of an entity at once', () => {
    const said = text(['Posts are private, and notes more so.', ['access:Post']]);
    const fields = [
      { name: 'name', label: 'Name', type: 'string', required: true, unique: false },
      {
        name: 'note',
        label: 'Internal note',
        type: 'text',
        required: false,
        unique: false,
        access: { role: 'editor' },
      },
    ] satisfies Entity['fields'];
    const access = { list: 'signedIn', view: 'signedIn', change: { via: ['author'] } } satisfies Entity['access'];
    assert.deepEqual(statesOf(posts(access, said, { fields })), [
      {
        kind: 'not-built',
        why: 'Who may see and change posts, and see the internal note of posts is not checked yet: there are no accounts.',
      },
    ]);
  });

  it('is told apart from the phrases where none asks for it', () => {
    assert.deepEqual(untold(posts({ change: { via: ['author'] }, delete: { role: 'editor' } })), [
      'Who may change and delete posts is not checked yet: there are no accounts.',
    ]);
    const said = text(['Editors delete posts.', ['access:Post/delete']]);
    assert.deepEqual(untold(posts({ change: { via: ['author'] }, delete: { role: 'editor' } }, said)), [
      'Who may change posts is not checked yet: there are no accounts.',
    ]);
    assert.deepEqual(untold(posts({ delete: { role: 'editor' } }, said)), []);
    assert.deepEqual(untold(posts({ list: 'everyone' })), []);
    assert.deepEqual(untold(posts(undefined)), []);
  });

  it('does not become built by a feature that a model wrote', () => {
    const drafted = finishBlueprint(
      {
        ...posts({ delete: { role: 'editor' } }, text(['Guard posts.', ['access:Post/delete'], 'This is not built.'])),
        features: [{ id: 'guard', title: 'Guard posts', kind: 'custom', built: false, sentences: [0] }],
      },
      fieldTypes,
    );
    const accepted = planSlices(drafted, fieldTypes).map((plan) =>
      sliceContribution(plan, { tables: [], files: [], packages: {} }),
    );
    assert.equal(accepted.length, 1);
    assert.deepEqual(
      withSlices(drafted, { accepted, outcomes: [] }).phrases.map(({ state }) => state),
      [
        { kind: 'built', by: ['feature:guard'] },
        { kind: 'not-built', why: 'Who may delete posts is not checked yet: there are no accounts.' },
      ],
    );
  });
});

describe('what a draft says besides', () => {
  const fields = [
    {
      name: 'no. of pages',
      label: 'Pages',
      type: 'integer',
      required: false,
      unique: false,
      access: { via: ['written by'] },
    },
    { name: 'state', label: 'State', type: 'enum', values: ['Draft', 'Public'], required: true, unique: false },
  ] satisfies Entity['fields'];
  const access = {
    list: 'signedIn',
    change: { via: ['written by', 'boss'] },
    delete: { role: 'Chief Editor' },
    publicWhen: { field: 'state', values: ['Public'] },
  } satisfies Entity['access'];
  const more: Partial<Entity> = {
    fields,
    titleField: 'state',
    relations: [{ ...author, name: 'written by', target: 'a person' }],
    partOf: 'written by',
    samples: [{ 'no. of pages': 12, state: 'Draft' }],
  };
  const base = posts(access, text(['x', ['access:Post.no. of pages']]), more);
  const draft: BlueprintDraft = {
    ...base,
    entities: base.entities.map((item) =>
      item.name === 'Person' ? { ...item, name: 'a person', relations: [{ ...boss, target: 'a person' }] } : item,
    ),
    actors: [{ id: 'Chief Editor', name: 'Chief editor', profile: 'a person', sentences: [] }],
  };

  it('is carried over, with ids for names, and names that code can hold', () => {
    const { entities, actors, phrases } = finishBlueprint(draft, fieldTypes);
    const [post, person] = entities;
    assert.equal(person?.name, 'APerson');
    assert.deepEqual(post?.access, {
      list: 'signedIn',
      view: 'everyone',
      create: 'everyone',
      change: { via: ['written-by', 'boss'] },
      delete: { role: 'chief-editor' },
      publicWhen: { field: 'state', values: ['Public'] },
    });
    assert.equal(post.partOf, 'written-by');
    assert.deepEqual(post.samples, [{ noOfPages: 12, state: 'Draft' }]);
    assert.deepEqual(post.fields[0]?.access, { via: ['written-by'] });
    assert.deepEqual([actors[0]?.id, actors[0]?.profile], ['chief-editor', 'APerson']);
    const why = 'Who may see the pages of posts is not checked yet: there are no accounts.';
    assert.deepEqual(phrases[0]?.state, { kind: 'not-built', why });
  });

  it('is nothing where the draft says nothing', () => {
    const [post] = finishBlueprint(posts(undefined), fieldTypes).entities;
    assert.deepEqual(new Set(Object.values(post?.access ?? {})), new Set(['everyone']));
    assert.deepEqual([post?.samples, post?.partOf], [[], undefined]);
  });

  for (const [what, broken] of Object.entries({
    'a role that is nobody': posts({ delete: { role: 'ghost' } }),
    'a way that does not exist': posts({ delete: { via: ['author', 'moon'] } }),
    'a way that leads on from a field': posts({ delete: { via: ['name', 'boss'] } }),
    'a public field that is not there': posts({ publicWhen: { field: 'moon', values: ['Yes'] } }),
    'a whole that is not there': posts(undefined, [], { partOf: 'moon' }),
    'a whole that is a field': posts(undefined, [], { partOf: 'name' }),
    'a sample with a stray value': posts(undefined, [], { samples: [{ moon: 1 }] }),
    'people that are nothing': { ...posts(undefined), actors: [{ ...editor, profile: 'Moon' }] },
  })) {
    it(`is refused with ${what}`, () => {
      assert.throws(() => finishBlueprint(broken, fieldTypes), { code: 'internal' });
    });
  }

  it('keeps the rules of an earlier blueprint where the text says none, and opens nothing that leads nowhere now', () => {
    const before = finishBlueprint(
      posts({ view: 'signedIn', change: { via: ['author'] }, delete: { role: 'editor' } }),
      fieldTypes,
    );
    const again = finishBlueprint(posts(undefined), fieldTypes, before);
    assert.deepEqual(again.entities[0]?.access, before.entities[0]?.access);
    const alone = { ...blueprint([entity('Post', 'Posts')], []), actors: [] };
    const { access } = finishBlueprint(alone, fieldTypes, before).entities[0] ?? {};
    assert.deepEqual([access?.view, access?.change, access?.delete], ['signedIn', 'signedIn', 'signedIn']);
    assert.equal(access?.create, 'everyone');
  });
});
