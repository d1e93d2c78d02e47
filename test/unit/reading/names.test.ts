import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { EntityNamer } from '../../../src/reading/names.ts';

describe('names of entities', () => {
  it('are found for words that are longer than a name', () => {
    const namer = new EntityNamer();
    const long = ['a'.repeat(60)];
    const names = [long, long, ['international', 'telecommunication', 'infrastructure', 'requirement']].map((words) =>
      namer.next(words),
    );
    const all = names.flatMap(({ name, plural }) => [name, plural]);
    assert.equal(new Set(all).size, 6);
    for (const name of all) assert.match(name, /^[A-Z][A-Za-z0-9]{0,49}$/);
    assert.equal(names[2]?.name, 'InfrastructureRequirement');
  });
});
