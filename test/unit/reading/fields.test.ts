import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'mocha';
import { analyze, entity, fieldList, names, relationList } from './analyze.ts';
import { assertSound } from './invariants.ts';

const fixture = (name: string) => readFile(new URL(`../../fixtures/requirements/${name}.md`, import.meta.url), 'utf8');

describe('offline engine, fields as their writer means them', function () {
  this.timeout(180_000);

  it('gives a post no second date because posts are sorted by date', async () => {
    const text = await fixture('blog');
    const blueprint = await analyze(text, 'Trail notes');
    assertSound(blueprint, text);
    assert.deepEqual(names(blueprint), ['Post', 'Category', 'Tag', 'Comment']);
    assert.deepEqual(fieldList(entity(blueprint, 'Post')), [
      'title:string',
      'body:text',
      'coverImage:image',
      'publicationDate:date',
      'status:enum',
    ]);
    const sorted = blueprint.coverage.find(({ text: sentence }) => sentence.includes('sort them by date'));
    assert.ok(sorted?.coveredBy.includes('field:Post.publicationDate'));
  });

  it('reads every field of a list, whatever else its words mean', async () => {
    const blueprint = await analyze(await fixture('crm'), 'Sales desk');
    assert.deepEqual(names(blueprint), ['Company', 'Contact', 'Deal', 'Task']);
    assert.deepEqual(fieldList(entity(blueprint, 'Company')), [
      'name:string',
      'website:url',
      'industry:string',
      'phoneNumber:phone',
      'numberOfEmployees:integer',
    ]);
    const probability = entity(blueprint, 'Deal').fields.find(({ name }) => name === 'probability');
    assert.deepEqual([probability?.type, probability?.min, probability?.max], ['percentage', 0, 100]);
    assert.deepEqual(fieldList(entity(blueprint, 'Task')), [
      'subject:string',
      'dueDate:date',
      'priority:enum',
      'done:boolean',
    ]);
    assert.deepEqual(relationList(entity(blueprint, 'Deal')), ['company>Company many-to-one!']);
    assert.ok(blueprint.actors.some(({ id }) => id === 'sales-rep'));
    const found = blueprint.features.find(({ id }) => id === 'search-companies');
    assert.equal(found?.actor, 'sales-rep');
  });

  for (const [sentence, expected] of Object.entries({
    'Products have a name, a unit price and a stock level. Users can filter products by price and sort them by name.': [
      'name:string',
      'unitPrice:money',
      'stockLevel:integer',
    ],
    'Users can add events with a title and a start date. Users can sort events by date and search events by name.': [
      'title:string',
      'startDate:date',
    ],
    'Users can add books with a title and a year. Users can search books by author.': [
      'title:string',
      'year:integer',
      'author:string',
    ],
  })) {
    it(`finds the field that a search or sort means: ${sentence}`, async () => {
      const [only] = (await analyze(sentence)).entities;
      assert.deepEqual(only && fieldList(only), expected);
    });
  }

  it('asks for nothing in the benefit of a story', async () => {
    const blueprint = await analyze(
      'As a gardener, I want to record plants so that I can find seeds and tools again. As a gardener, I want to edit plants.',
    );
    assert.deepEqual(names(blueprint), ['Plant']);
  });
});
