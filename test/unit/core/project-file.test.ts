import assert from 'node:assert/strict';
import { finishBlueprint } from '../../../src/core/finish-blueprint.ts';
import { readProjectFile } from '../../../src/core/project-file.ts';
import { fieldTypes } from '../../../src/field-types/catalog.ts';
import { blueprint, entity, feature } from '../../support/blueprints.ts';

const request = { projectName: 'Library', description: '', requirements: 'Members lend books. Nobody pays.' };
const draft = {
  ...blueprint([entity('Book', 'Books')], [feature('list', 'Book')]),
  coverage: [
    { text: 'Members lend books.', start: 0, end: 19, coveredBy: ['entity:Book', 'feature:list-book'] },
    { text: 'Nobody pays.', start: 20, end: 32, coveredBy: [], note: 'Nothing covers it.' },
  ],
};
const finished = finishBlueprint(draft, fieldTypes);
const file = (value: object): string => JSON.stringify({ version: 2, request, blueprint: finished, ...value });

/** The sentence that a text is refused with. */
function refusal(text: string): string {
  let message = '';
  assert.throws(
    () => readProjectFile(text, fieldTypes),
    (error: { code?: string; message: string }) => {
      message = error.message;
      return error.code === 'invalid-request';
    },
  );
  return message;
}

describe('takoss.json', () => {
  it('is read as it was written', () => {
    assert.deepEqual(readProjectFile(file({}), fieldTypes), { request, blueprint: finished });
    assert.deepEqual(readProjectFile(`\uFEFF${file({})}`, fieldTypes).blueprint, finished);
  });

  it('of the first version is lifted: items have ids, and sentences have phrases', () => {
    const read = readProjectFile(file({ version: 1, blueprint: draft }), fieldTypes);
    assert.deepEqual(read, { request, blueprint: finished });
    assert.deepEqual(
      read.blueprint.phrases.map(({ state }) => state.kind),
      ['built', 'not-built'],
    );
    assert.equal(read.blueprint.entities[0]?.id, 'book');
  });

  it('with a type of field that there is not says which one, and which there are', () => {
    const [entity] = finished.entities;
    const [first, ...others] = entity?.fields ?? [];
    const entities = [{ ...entity, fields: [{ ...first, type: 'hologram' }, ...others] }];
    const message = refusal(file({ blueprint: { ...finished, entities } }));
    assert.match(message, /"\w+" is a "hologram", which is no type of field: give it one of string, text, rich-text, /);
  });

  it('of a newer Takoss says to update', () => {
    const message = refusal(JSON.stringify({ version: 3, request, blueprint: { anything: true } }));
    assert.match(message, /made by a newer Takoss \(version 3 .* up to 2\)\. Update Takoss\.$/);
  });

  for (const [what, text, said] of [
    ['that was cut off', file({}).slice(0, -20), /it is not JSON/],
    ['with marks of a merge', `<<<<<<< ours\n${file({})}`, /it is not JSON/],
    ['that is empty', '', /it is not JSON/],
    ['that is a list', '[]', /cannot be read/],
    ['that is null', 'null', /cannot be read/],
    ['without a version', JSON.stringify({ request, blueprint: finished }), /version/],
    ['with a version that is a word', file({ version: 'two' }), /version/],
    ['with half a version', file({ version: 1.5 }), /version/],
    ['without a request', file({ request: undefined }), /request/],
    ['with an empty request', file({ request: { ...request, requirements: '' } }), /requirements are empty/],
    ['without pages', file({ blueprint: { ...finished, pages: [] } }), /blueprint\.pages/],
    ['with a draft for a blueprint', file({ blueprint: draft }), /blueprint\.version/],
    ['with a blueprint for a draft', file({ version: 1 }), /blueprint\.version/],
    ['that lost a sentence', file({ blueprint: { ...finished, sentences: [] } }), /of a sentence that is not there/],
    ['that lost its phrases', file({ blueprint: { ...finished, phrases: [] } }), /from a phrase that is not there/],
    ['that lost an entity', file({ blueprint: { ...finished, entities: [] } }), /about Book, which is not there/],
    [
      'whose draft lost an entity',
      file({ version: 1, blueprint: { ...draft, entities: [] } }),
      /about Book, which is not there/,
    ],
    [
      'with an id twice',
      file({ blueprint: { ...finished, entities: [...finished.entities, { ...finished.entities[0], name: 'Loan' }] } }),
      /the id "book" is there twice/,
    ],
  ] as const) {
    it(`${what} is refused, with what to do`, () => {
      const message = refusal(text);
      assert.match(message, said);
      assert.match(
        message,
        /^takoss\.json cannot be read \(.+\)\. Take it from an earlier commit or a backup, or generate/s,
      );
      assert.ok(message.length < 400, message);
    });
  }
});
