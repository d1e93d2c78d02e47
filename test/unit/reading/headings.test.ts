import assert from 'node:assert/strict';
import { analyze } from './analyze.ts';

const library = [
  '# Oakwood Library',
  '## Features',
  '- A book has a title, a number of pages, a date of printing and a condition, which is new, used or worn.',
  '- Each book belongs to one genre.',
  '## Remarks',
  '- Mind the gap.',
].join('\n');

describe('headings', () => {
  it('takes the heading over all others for the name of the project', async () => {
    const { entities, coverage } = await analyze(library);
    assert.deepEqual(
      entities.map(({ name }) => name),
      ['Book', 'Genre'],
    );
    assert.deepEqual(coverage[0]?.coveredBy, ['project:name']);
  });

  it('takes a heading for covered by what covers the statements under it, and for open where nothing does', async () => {
    const { coverage } = await analyze(library);
    const [, features, , , remarks] = coverage;
    assert.ok(features?.coveredBy.includes('entity:Book') && features.coveredBy.includes('entity:Genre'));
    assert.equal(features?.note, undefined);
    assert.deepEqual(remarks?.coveredBy, []);
    assert.ok(remarks?.note);
  });

  it('reads counts, dates of events and values in a relative clause as fields', async () => {
    const { entities } = await analyze(library);
    const fields = entities[0]?.fields.map(({ name, type, values }) => [name, type, ...(values ?? [])]);
    assert.deepEqual(fields, [
      ['title', 'string'],
      ['numberOfPages', 'integer'],
      ['dateOfPrinting', 'date'],
      ['condition', 'enum', 'New', 'Used', 'Worn'],
    ]);
  });
});
