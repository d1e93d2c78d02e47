import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Blueprint } from '../../src/core/blueprint.ts';
import { finishBlueprint } from '../../src/core/finish-blueprint.ts';
import type { RenderedProject } from '../../src/core/rendered-project.ts';
import { fieldTypes } from '../../src/field-types/catalog.ts';
import { moduleCatalog } from '../../src/modules/catalog.ts';
import { ProjectRenderer } from '../../src/render/renderer.ts';
import { Application } from '../support/application.ts';
import { skip } from '../support/skip.ts';
import { analyze } from '../unit/reading/analyze.ts';
import { blog, requestFor } from '../unit/render/fixtures.ts';

const entities = ['post', 'category'];

function render(...about: readonly string[]): RenderedProject {
  const origin = { by: 'assumed', reason: 'It is tried out.' } as const;
  const blueprint: Blueprint = { ...blog, modules: [{ id: 'comments', options: {}, entities: [...about], origin }] };
  return new ProjectRenderer({ fieldTypes, modules: moduleCatalog }).render(blueprint, requestFor(blog));
}

describe('Comments in an application', function () {
  this.timeout(600_000);
  let application: Application;

  before(async function () {
    const made = await Application.create(render(...entities));
    if (typeof made === 'string') skip(this, made);
    application = made;
  });
  after(async () => application?.remove());

  it('work on several kinds of records: types, lint, tests, build', async () => {
    assert.equal(await application.types(), '');
    assert.equal(await application.lint(), '');
    assert.equal(await application.tests(), '');
    assert.equal(await application.build(), '');
  });

  it('work on one kind of records, and where nothing else is called so', async () => {
    const requirements = 'Cooks add recipes with a name and a method. People comment on recipes.';
    const blueprint = finishBlueprint(await analyze(requirements), fieldTypes);
    assert.equal(blueprint.modules.length, 1);
    const renderer = new ProjectRenderer({ fieldTypes, modules: moduleCatalog });
    await application.become(renderer.render(blueprint, { projectName: 'Sample', description: '', requirements }));
    assert.equal(await application.types(), '');
    assert.equal(await application.lint(), '');
  });

  it('go with their folders and the lines that the compiler names', async () => {
    await application.become(render(...entities));
    for (const path of [
      'src/server/modules/comments',
      'src/client/modules/comments',
      'src/shared/modules/comments.ts',
      'tests/server/modules/comments.test.ts',
      'tests/client/modules/comments.test.tsx',
    ]) {
      await application.delete(path);
    }
    const removed = await removeNamed(application);
    const screen = (path: string, about: string): readonly string[] => [
      `${path}: after={(record) => <Comments about="${about}" record={record.id} />}`,
      `${path}: import { Comments } from '../../modules/comments/comments.tsx';`,
    ];
    assert.deepEqual(removed, [
      ...screen('src/client/screens/categories/category-detail.tsx', 'categories'),
      ...screen('src/client/screens/posts/post-detail.tsx', 'posts'),
      'src/server/modules/registry.ts: commentsModule',
      "src/server/modules/registry.ts: import { commentsModule } from './comments/module.ts';",
    ]);
    assert.equal(await application.types(), '');
    assert.equal(await application.lintWithoutFormat(), '');
    assert.equal(await application.build(), '');
  });
});

/** Follows the compiler until it is silent, as an owner would: takes out the imports and uses that it names, and returns them. */
async function removeNamed(application: Application): Promise<string[]> {
  const removed: string[] = [];
  for (let round = 0; round < 5; round++) {
    const faults = await application.types();
    if (faults === '') return removed.sort();
    for (const [, path = '', line = '', column = '', code = ''] of faults.matchAll(
      /^(.+?)\((\d+),(\d+)\): error (TS\d+)/gm,
    )) {
      const file = join(application.folder, path);
      const lines = (await readFile(file, 'utf8')).split('\n');
      const text = lines[Number(line) - 1] ?? '';
      if (code === 'TS2307') {
        // An import of a file that is gone.
        removed.push(`${path}: ${text.trim()}`);
        lines[Number(line) - 1] = '';
      } else if (code === 'TS2304' || code === 'TS2552') {
        const name = /^\w+/.exec(text.slice(Number(column) - 1))?.[0] ?? '';
        const use = new RegExp(`\\w+=\\{\\(record\\) => <${name} [^>]*/>\\}|\\b${name}\\b,?`).exec(text)?.[0] ?? '';
        assert.notEqual(use, '', `${path}:${line} uses ${name} in a way that is not one line`);
        removed.push(`${path}: ${use}`);
        lines[Number(line) - 1] = text.replace(use, '');
      } else {
        continue;
      }
      await writeFile(file, lines.join('\n'));
    }
  }
  throw new Error(await application.types());
}
