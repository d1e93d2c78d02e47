import assert from 'node:assert/strict';
import { spokenFacet } from '../../../src/reading/field-facets.ts';
import { analyze, entity } from './analyze.ts';

describe('what a text says of numbers', () => {
  const said = {
    'in EUR': { currency: 'EUR' },
    '€': { currency: 'EUR' },
    'US dollars': { currency: 'USD' },
    KWD: { currency: 'KWD' },
    kg: { unit: 'kg' },
    'in square metres': { unit: 'm²' },
    'with 3 decimals': { decimals: 3 },
    'no decimals': { decimals: 0 },
  };
  for (const [text, facet] of Object.entries(said)) {
    it(`is told by "${text}"`, () => {
      assert.deepEqual(spokenFacet(text), facet);
    });
  }

  it('is nothing of words that only look like it', () => {
    for (const text of ['eur', 'grammar', 'in the garden', 'with friends', 'XYZ'])
      assert.equal(spokenFacet(text), undefined);
  });

  it('becomes part of the field, in lists of fields and in prose', async () => {
    const texts = [
      'Parcel:\n- name\n- price (EUR)\n- weight (kg)\n- dose (decimal, 4 decimals)\n- discount (%)\n- notes (markdown)\n- rating (1-5)',
      'Users manage parcels. A parcel has a name, a price in EUR, a weight in kg, a dose with 4 decimals, a discount percentage, formatted notes and a rating.',
    ];
    for (const text of texts) {
      const { fields } = entity(await analyze(text), 'Parcel');
      const told = fields.map(({ type, currency, unit, decimals }) =>
        [type, currency, unit, decimals].filter((part) => part !== undefined).join(' '),
      );
      assert.deepEqual(
        told,
        ['string', 'money EUR', 'decimal kg', 'decimal 4', 'percentage', 'rich-text', 'rating'],
        text,
      );
    }
  });
});
