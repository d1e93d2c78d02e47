import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { fieldTypes } from '../../../src/field-types/catalog.ts';
import { FieldTypes } from '../../../src/field-types/contract.ts';
import { FieldWords } from '../../../src/reading/field-words.ts';
import { barcode, forgottenPlaces, withBarcode } from '../../support/field-places.ts';

const words = new FieldWords(fieldTypes.specs);

/** Names of fields, and what a person means by them. */
const names: Readonly<Record<string, readonly string[]>> = {
  string: ['city', 'nickname'],
  text: ['description', 'notes', 'cover letter'],
  'rich-text': ['formatted text', 'rich content', 'markdown body'],
  address: ['address', 'shipping address', 'home address'],
  integer: ['quantity', 'number of seats', 'page count pages', 'population'],
  decimal: ['weight', 'exchange rate', 'latitude', 'temperature'],
  percentage: ['percentage', 'discount rate', 'discount percent', 'humidity', 'progress', 'tax rate'],
  money: ['price', 'salary', 'shipping cost', 'price per night'],
  rating: ['rating', 'star rating', 'stars', 'average rating'],
  duration: ['duration', 'running time', 'prep time', 'time spent', 'class duration'],
  boolean: ['is active', 'published', 'in stock'],
  enum: [],
  date: ['due date', 'birthday', 'born on'],
  datetime: ['starts at', 'timestamp', 'appointment time'],
  time: ['time', 'opening time'],
  email: ['email', 'work e mail'],
  phone: ['phone', 'mobile number'],
  url: ['website', 'github'],
  image: ['photo', 'logo', 'cover image'],
  color: ['color', 'background colour'],
};

describe('the catalogue of field types', () => {
  it('has each folder, and each has a line', () => {
    const folders = readdirSync(new URL('../../../src/field-types/', import.meta.url), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    assert.deepEqual([...fieldTypes.ids].sort(), folders.sort());
  });

  it('finds everything that the code of a type uses, in every type', () => {
    for (const type of fieldTypes.ids) assert.deepEqual(forgottenPlaces(type, fieldTypes), [], type);
  });

  it('says which place of a new type was forgotten', () => {
    assert.deepEqual(forgottenPlaces('barcode', withBarcode), []);
    for (const { path } of barcode.build.templates) {
      const templates = barcode.build.templates.filter((template) => template.path !== path);
      const incomplete = new FieldTypes([...fieldTypes.all, { ...barcode, build: { ...barcode.build, templates } }]);
      const forgotten = forgottenPlaces('barcode', incomplete);
      assert.ok(forgotten.length > 0 && forgotten.every((place) => place.endsWith(path)), `${path}: ${forgotten}`);
    }
  });

  it('takes no type twice, and none without the types that readers fall back on', () => {
    assert.throws(() => new FieldTypes([...fieldTypes.all, barcode, barcode]), /twice/);
    assert.throws(() => new FieldTypes([barcode]), /no type of field called "string"/);
  });

  it('has no word and no order of two types', () => {
    const typeWords = fieldTypes.specs.flatMap((spec) => spec.typeWords);
    assert.equal(new Set(typeWords).size, typeWords.length);
    const orders = fieldTypes.specs.flatMap((spec) => spec.names.map(({ order }) => order));
    assert.equal(new Set(orders).size, orders.length);
  });

  it('knows types by what people call them', () => {
    for (const { id, typeWords } of fieldTypes.specs) {
      assert.ok(typeWords.length > 0, id);
      for (const word of typeWords) assert.equal(words.typeCalled(word.toUpperCase()), id, word);
    }
    assert.equal(words.typeCalled('VARCHAR255'), 'string');
    assert.equal(words.typeCalled('Rich text'), 'rich-text');
    assert.equal(words.typeCalled('barcode'), undefined);
    assert.equal(new FieldWords(withBarcode.specs).typeCalled('barcode'), 'barcode');
  });

  for (const id of fieldTypes.ids) {
    it(`knows fields that are ${id} by their names`, () => {
      const known = names[id];
      assert.ok(known !== undefined, `say which names mean ${id}`);
      for (const name of known) assert.equal(words.specFor(name)?.id ?? 'string', id, name);
    });
  }
});
