import assert from 'node:assert/strict';
import fc from 'fast-check';
import { blueprintSchema } from '../../../src/core/blueprint.ts';
import type { BlueprintDraft } from '../../../src/core/blueprint-draft.ts';
import { finishBlueprint } from '../../../src/core/finish-blueprint.ts';
import { fieldTypes } from '../../../src/field-types/catalog.ts';
import { blueprint, entity, feature } from '../../support/blueprints.ts';

const sound = blueprint([entity('Hotel', 'Hotels')], [feature('list', 'Hotel')]);

/** A hotel whose field has another name, which its title and the coverage use. */
function withField(name: string): BlueprintDraft {
  const hotel = entity('Hotel', 'Hotels');
  const [field] = hotel.fields;
  assert.ok(field);
  const sentence = { text: 'x', start: 0, end: 1, coveredBy: [`field:Hotel.${name}`, 'entity:Hotel'] };
  return { ...sound, entities: [{ ...hotel, fields: [{ ...field, name }], titleField: name }], coverage: [sentence] };
}

describe('A finished blueprint', () => {
  it('keeps names where all is right', () => {
    const { entities, features } = finishBlueprint(sound, fieldTypes);
    assert.deepEqual([entities[0]?.name, features[0]?.entity], ['Hotel', 'Hotel']);
  });

  for (const [name, repaired] of [
    ['no.OfRoom', 'noOfRoom'],
    ['dateOfX-ray', 'dateOfXRay'],
    ['größe', 'grosse'],
    ['3dModel', 'dModel'],
    ['漢字', 'value'],
    ['', 'value'],
    ['id.', 'id2'],
  ] as const) {
    it(`has a name that code can hold for ${JSON.stringify(name)}, wherever it is used`, () => {
      const { entities, phrases } = finishBlueprint(withField(name), fieldTypes);
      assert.equal(entities[0]?.fields[0]?.name, repaired);
      assert.equal(entities[0]?.titleField, repaired);
      assert.deepEqual(phrases[0]?.state, { kind: 'built', by: [`field:Hotel.${repaired}`, 'entity:Hotel'] });
      assert.deepEqual(entities[0]?.fields[0]?.origin, { by: 'text', phrases: [0] });
    });
  }

  it('keeps names apart that become the same', () => {
    const hotel = entity('Hotel', 'Hotels');
    const [field] = hotel.fields;
    assert.ok(field);
    const fields = ['a-b', 'a.b', 'aB'].map((name) => ({ ...field, name }));
    const { entities } = finishBlueprint({ ...sound, entities: [{ ...hotel, fields, titleField: 'a.b' }] }, fieldTypes);
    assert.deepEqual(
      entities[0]?.fields.map(({ name }) => name),
      ['aB2', 'aB3', 'aB'],
    );
    assert.equal(entities[0]?.titleField, 'aB3');
  });

  it('names entities, and what speaks of them, anew', () => {
    const broken = blueprint(
      [entity('X-ray', 'X-rays'), entity('Ward', 'Wards', [relation('X-ray')])],
      [feature('list', 'X-ray')],
    );
    const coverage = [{ text: 'x', start: 0, end: 1, coveredBy: ['entity:X-ray', 'field:X-ray.name'] }];
    const { entities, features, phrases } = finishBlueprint({ ...broken, coverage }, fieldTypes);
    assert.deepEqual(
      entities.map(({ name, plural }) => [name, plural]),
      [
        ['XRay', 'XRays'],
        ['Ward', 'Wards'],
      ],
    );
    assert.equal(entities[1]?.relations[0]?.target, 'XRay');
    assert.equal(features[0]?.entity, 'XRay');
    assert.deepEqual(phrases[0]?.state, { kind: 'built', by: ['entity:XRay', 'field:XRay.name'] });
  });

  it('takes back the coverage by what is not there, and says so', () => {
    const coverage = [
      { text: 'x', start: 0, end: 1, coveredBy: ['feature:fly'] },
      { text: 'y', start: 1, end: 2, coveredBy: ['entity:Hotel', 'page:moon'] },
    ];
    assert.deepEqual(
      finishBlueprint({ ...sound, coverage }, fieldTypes).phrases.map(({ state }) => state),
      [
        { kind: 'not-built', why: 'Nothing in the application covers this yet.' },
        { kind: 'built', by: ['entity:Hotel'] },
      ],
    );
  });

  it('tells what is asked for from what is assumed', () => {
    const coverage = [
      { text: 'Hotels.', start: 0, end: 7, coveredBy: ['entity:Hotel'] },
      { text: 'They fly.', start: 8, end: 17, coveredBy: ['entity:Hotel'], note: 'Flying is not built.' },
    ];
    const fly = { id: 'fly', title: 'Fly', kind: 'custom' as const, built: false, sentences: [1] };
    const { entities, features, pages, phrases } = finishBlueprint(
      {
        ...sound,
        features: [...sound.features, fly],
        coverage,
      },
      fieldTypes,
    );
    assert.deepEqual(entities[0]?.origin, { by: 'text', phrases: [0, 1] });
    assert.equal(entities[0]?.fields[0]?.origin.by, 'assumed');
    assert.equal(features[0]?.origin.by, 'assumed');
    assert.equal(pages[0]?.origin.by, 'assumed');
    // What is not built is asked for by the phrase that says so.
    assert.deepEqual(phrases[2], { ...phrases[1], state: { kind: 'not-built', why: 'Flying is not built.' } });
    assert.deepEqual(features[1]?.origin, { by: 'text', phrases: [1, 2] });
  });

  it('keeps ids that items had before, and gives none of them to another', () => {
    const before = finishBlueprint(blueprint([entity('BlogPost', 'BlogPosts'), entity('Tag', 'Tags')], []), fieldTypes);
    assert.deepEqual(
      before.entities.map(({ id }) => id),
      ['blog-post', 'tag'],
    );
    const renamed = before.entities.map((item) => (item.id === 'tag' ? { ...item, name: 'Topic' } : item));
    const again = blueprint([entity('Topic', 'Topics'), entity('Tag', 'Tags'), entity('BlogPost', 'BlogPosts')], []);
    const after = finishBlueprint(again, fieldTypes, { ...before, entities: renamed });
    assert.deepEqual(
      after.entities.map(({ name, id }) => [name, id]),
      [
        ['Topic', 'tag'],
        ['Tag', 'tag-2'],
        ['BlogPost', 'blog-post'],
      ],
    );
    assert.equal(after.entities[2]?.fields[0]?.id, 'name');
  });

  for (const [what, broken] of Object.entries({
    'a relation to nothing': { entities: [entity('Hotel', 'Hotels', [relation('Moon')])] },
    'a page about nothing': { pages: [{ id: 'a', title: 'A', path: '/a', kind: 'list' as const, entity: 'Moon' }] },
    'two entities of one name': { entities: [entity('Hotel', 'Hotels'), entity('Hotel', 'Inns')] },
    'no page': { pages: [] },
    'a colour that is none': { theme: { ...sound.theme, background: 'red' } },
  })) {
    it(`is refused with ${what}, before anything is rendered`, () => {
      assert.throws(() => finishBlueprint({ ...sound, features: [], ...broken }, fieldTypes), { code: 'internal' });
    });
  }

  it('is valid or refused, whatever its names are', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 60 }), { minLength: 3, maxLength: 6 }), (names) => {
        const [first = '', second = '', ...rest] = names;
        const [field] = entity('A', 'As').fields;
        assert.ok(field);
        const fields = [...new Set(rest)].map((name) => ({ ...field, name }));
        const made = { ...entity(first, second), label: 'A', pluralLabel: 'As', fields, titleField: rest[0] ?? '' };
        const draft = {
          ...sound,
          entities: [made],
          features: [{ ...feature('list', first), id: first, title: 'List' }],
        };
        blueprintSchema.parse(finishBlueprint(draft, fieldTypes));
      }),
      { numRuns: 300 },
    );
  });
});

function relation(target: string): BlueprintDraft['entities'][number]['relations'][number] {
  return { name: 'other', label: 'Other', kind: 'many-to-one', target, required: false, inverse: 'others' };
}
