import assert from 'node:assert/strict';
import { importLines } from '../../../src/emit/import-lines.ts';
import { compareNames } from '../../../src/emit/name-order.ts';

describe('import statements of emitted code', () => {
  it('are merged and sorted, with packages first and far files before near ones', () => {
    const lines = importLines('src/client/entities/post.ts', [
      { name: 'entities', from: 'src/client/resources/entities.ts' },
      { name: 'own', from: 'src/client/entities/post.ts' },
      { name: 'near', from: 'src/client/entities/near.ts' },
      { name: 'PostInput', from: 'src/shared/post.ts', isType: true },
      { name: 'postOptions', from: 'src/shared/post.ts' },
      { name: 'z', from: 'zod' },
      { name: 'z', from: 'zod' },
      { name: 'PgColumn', from: 'drizzle-orm/pg-core', isType: true },
    ]);
    assert.deepEqual(lines.split('\n'), [
      "import type { PgColumn } from 'drizzle-orm/pg-core';",
      "import { z } from 'zod';",
      "import { type PostInput, postOptions } from '../../shared/post.ts';",
      "import { entities } from '../resources/entities.ts';",
      "import { near } from './near.ts';",
    ]);
  });

  it('import a value that is also used as a type once, as a value', () => {
    for (const isType of [true, false]) {
      const both = [
        { name: 'schema', from: 'src/a.ts', isType },
        { name: 'schema', from: 'src/a.ts', isType: !isType },
      ];
      assert.equal(importLines('src/b.ts', both), "import { schema } from './a.ts';");
    }
  });

  it('go over several lines where one has no room', () => {
    const names = Array.from({ length: 9 }, (_, index) => ({ name: `aRatherLongName${index}`, from: 'zod' }));
    assert.match(importLines('src/b.ts', names), /^import \{\n {2}aRatherLongName0,\n(.+,\n)+\} from 'zod';$/);
  });

  it('have names in the order of the formatter', () => {
    const sorted = ['a2', 'a10', 'B', 'reference', 'referenceSchema', 'references'];
    assert.deepEqual([...sorted].reverse().sort(compareNames), sorted);
  });
});
