import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Blueprint, blueprintSchema } from '../../../src/core/blueprint.ts';
import { finishBlueprint } from '../../../src/core/finish-blueprint.ts';
import { blueprint, entity, feature } from '../../support/blueprints.ts';

const sound = blueprint([entity('Hotel', 'Hotels')], [feature('list', 'Hotel')]);

/** A hotel whose field has another name, which its title and the coverage use. */
function withField(name: string): Blueprint {
  const hotel = entity('Hotel', 'Hotels');
  const [field] = hotel.fields;
  assert.ok(field);
  const sentence = { text: 'x', start: 0, end: 1, coveredBy: [`field:Hotel.${name}`, 'entity:Hotel'] };
  return { ...sound, entities: [{ ...hotel, fields: [{ ...field, name }], titleField: name }], coverage: [sentence] };
}

describe('A finished blueprint', () => {
  it('is left as it is where all is right', () => assert.deepEqual(finishBlueprint(sound), sound));

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
      const { entities, coverage } = finishBlueprint(withField(name));
      assert.equal(entities[0]?.fields[0]?.name, repaired);
      assert.equal(entities[0]?.titleField, repaired);
      assert.deepEqual(coverage[0]?.coveredBy, [`field:Hotel.${repaired}`, 'entity:Hotel']);
    });
  }

  it('keeps names apart that become the same', () => {
    const hotel = entity('Hotel', 'Hotels');
    const [field] = hotel.fields;
    assert.ok(field);
    const fields = ['a-b', 'a.b', 'aB'].map((name) => ({ ...field, name }));
    const { entities } = finishBlueprint({ ...sound, entities: [{ ...hotel, fields, titleField: 'a.b' }] });
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
    const { entities, features, coverage: covered } = finishBlueprint({ ...broken, coverage });
    assert.deepEqual(
      entities.map(({ name, plural }) => [name, plural]),
      [
        ['XRay', 'XRays'],
        ['Ward', 'Wards'],
      ],
    );
    assert.equal(entities[1]?.relations[0]?.target, 'XRay');
    assert.equal(features[0]?.entity, 'XRay');
    assert.deepEqual(covered[0]?.coveredBy, ['entity:XRay', 'field:XRay.name']);
  });

  it('takes back the coverage by what is not there, and says so', () => {
    const coverage = [
      { text: 'x', start: 0, end: 1, coveredBy: ['feature:fly'] },
      { text: 'y', start: 1, end: 2, coveredBy: ['entity:Hotel', 'page:moon'] },
    ];
    const finished = finishBlueprint({ ...sound, coverage });
    assert.deepEqual(
      finished.coverage.map(({ coveredBy }) => coveredBy),
      [[], ['entity:Hotel']],
    );
    assert.match(finished.coverage[0]?.note ?? '', /not built/);
  });

  for (const [what, broken] of Object.entries({
    'a relation to nothing': { entities: [entity('Hotel', 'Hotels', [relation('Moon')])] },
    'a page about nothing': { pages: [{ id: 'a', title: 'A', path: '/a', kind: 'list' as const, entity: 'Moon' }] },
    'two entities of one name': { entities: [entity('Hotel', 'Hotels'), entity('Hotel', 'Inns')] },
    'no page': { pages: [] },
    'a colour that is none': { theme: { ...sound.theme, background: 'red' } },
  })) {
    it(`is refused with ${what}, before anything is rendered`, () => {
      assert.throws(() => finishBlueprint({ ...sound, features: [], ...broken }), { code: 'internal' });
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
        blueprintSchema.parse(finishBlueprint(draft));
      }),
      { numRuns: 300 },
    );
  });
});

function relation(target: string): Blueprint['entities'][number]['relations'][number] {
  return { name: 'other', label: 'Other', kind: 'many-to-one', target, required: false, inverse: 'others' };
}
