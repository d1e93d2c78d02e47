import assert from 'node:assert/strict';
import { blueprintSchema } from '../../../../src/core/blueprint.ts';
import { SliceDraft } from '../../../../src/engines/model/slices/draft.ts';
import { readTables } from '../../../../src/engines/model/slices/tables.ts';
import { fieldTypes } from '../../../../src/field-types/catalog.ts';
import { planOf, workOf } from './slice-run.ts';

const { blueprint } = workOf('import-posts');
const field = { name: 'fileName', type: 'string', required: true };
const table = { name: 'ImportRun', plural: 'ImportRuns', fields: [field] };

function read(text: unknown) {
  const content = typeof text === 'string' ? text : JSON.stringify(text);
  return readTables(new SliceDraft(planOf('import-posts'), [{ path: 'tables.json', content }]), blueprint, fieldTypes);
}

describe('declared tables', () => {
  it('are completed to what the renderer takes', () => {
    const relations = [{ name: 'post', target: 'Post' }];
    const { tables, problems } = read([{ ...table, relations }]);
    assert.deepEqual(problems, []);
    assert.deepEqual(blueprintSchema.shape.entities.parse(tables), tables);
    const [run] = tables;
    assert.equal(run?.label, 'Import run');
    assert.equal(run?.titleField, 'fileName');
    const { origin } = planOf('import-posts').feature;
    assert.deepEqual([run?.id, run?.origin], ['import-run', origin]);
    assert.deepEqual(run?.relations[0], {
      id: 'post',
      name: 'post',
      label: 'Post',
      kind: 'many-to-one',
      target: 'Post',
      required: false,
      inverse: 'importPostsImportRunsPost',
      origin,
    });
  });

  it('may lead to each other', () => {
    const line = {
      ...table,
      name: 'ImportLine',
      plural: 'ImportLines',
      relations: [{ name: 'run', target: 'ImportRun' }],
    };
    assert.deepEqual(read([line, table]).problems, []);
  });

  const faults: readonly (readonly [string, unknown, RegExp])[] = [
    ['text that is no JSON', '[{"name": "Import', /must be a JSON array of tables/],
    ['an object', table, /must be a JSON array of tables/],
    ['a name that is no identifier', [{ ...table, name: 'import run' }], /At 0\.name: must be a PascalCase identifier/],
    ['a type that does not exist', [{ ...table, fields: [{ ...field, type: 'json' }] }], /At 0\.fields\.0\.type/],
    ['a table without fields', [{ ...table, fields: [] }], /At 0\.fields/],
    ['the name of an entity', [{ ...table, name: 'Post' }], /called Post\. Choose another/],
    ['two tables of one name', [table, table], /called ImportRun\. Choose another/],
    ['a plural like its name', [{ ...table, plural: 'ImportRun' }], /needs a plural/],
    [
      'a field that every table has',
      [{ ...table, fields: [field, { name: 'createdAt', type: 'date' }] }],
      /Every table has createdAt/,
    ],
    [
      'a field called by a reserved word',
      [{ ...table, fields: [field, { name: 'constructor', type: 'string' }] }],
      /ImportRun\.constructor is called by a reserved word/,
    ],
    [
      'a relation called by a reserved word',
      [{ ...table, relations: [{ name: 'delete', target: 'Post' }] }],
      /ImportRun\.delete is called by a reserved word/,
    ],
    [
      'more fields than a table can have',
      [{ ...table, fields: Array.from({ length: 2000 }, (_, index) => ({ ...field, name: `field${index}` })) }],
      /At 0\.fields: Too big/,
    ],
    ['a field twice', [{ ...table, fields: [field, field] }], /has fileName twice/],
    [
      'a relation with the column of a field',
      [
        {
          ...table,
          fields: [field, { name: 'postId', type: 'integer' }],
          relations: [{ name: 'post', target: 'Post' }],
        },
      ],
      /has postId twice/,
    ],
    [
      'a relation to nothing',
      [{ ...table, relations: [{ name: 'user', target: 'User' }] }],
      /there is no such entity or table/,
    ],
    ['an enum without values', [{ ...table, fields: [{ name: 'state', type: 'enum' }] }], /enum without values/],
    ['a title that is no field', [{ ...table, titleField: 'title' }], /titleField of ImportRun/],
  ];
  for (const [what, text, message] of faults) {
    it(`are refused with ${what}`, () => {
      const { problems } = read(text);
      assert.ok(problems.length > 0);
      assert.match(problems.map((problem) => problem.message).join('\n'), message);
      assert.ok(problems.every(({ path, check }) => path === 'tables.json' && check === 'syntax'));
    });
  }

  it('are none without the file, or with an empty list', () => {
    assert.deepEqual(readTables(new SliceDraft(planOf('import-posts')), blueprint, fieldTypes), {
      tables: [],
      problems: [],
    });
    assert.deepEqual(read('[]'), { tables: [], problems: [] });
  });
});
