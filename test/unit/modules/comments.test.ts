import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { splitCoverage } from '../../../src/core/coverage-parts.ts';
import { finishBlueprint } from '../../../src/core/finish-blueprint.ts';
import { fieldTypes } from '../../../src/field-types/catalog.ts';
import { moduleCatalog } from '../../../src/modules/catalog.ts';
import { ProjectRenderer } from '../../../src/render/renderer.ts';
import { analyze } from '../reading/analyze.ts';

const magazine = 'Authors write posts with a title and a text. Cooks add recipes with a name and a method.';

/** The entities that comments stand below, or undefined where the text asks for none. */
async function commented(text: string, base = magazine): Promise<readonly string[] | undefined> {
  const { modules = [] } = await analyze(`${base}\n${text}`);
  return modules.find(({ id }) => id === 'comments')?.entities;
}

describe('Comments', () => {
  describe('are found in a text', () => {
    const asking: Readonly<Record<string, readonly string[]>> = {
      'Readers can comment on posts.': ['Post'],
      'Users can leave comments under recipes.': ['Recipe'],
      'Posts have comments.': ['Post'],
      'There is a comment section below each recipe.': ['Recipe'],
      'Every recipe has a comment section.': ['Recipe'],
      'There is a discussion on every post.': ['Post'],
      'Members discuss recipes.': ['Recipe'],
      'Visitors can read posts and comment on them.': ['Post'],
      'Readers write comments on posts and recipes.': ['Post', 'Recipe'],
      'Readers should be able to comment on a post or a recipe.': ['Post', 'Recipe'],
      'Posts can be commented on by everyone.': ['Post'],
      'Recipes are open for comments.': ['Recipe'],
      'As a reader, I want to comment on a post so that I can say thanks.': ['Post'],
      'Members can leave a comment for any recipe.': ['Recipe'],
      'Visitors can like and comment on recipes.': ['Recipe'],
      'Moderators can delete comments on posts.': ['Post'],
      'Readers can comment on posts, but not on recipes.': ['Post'],
      'Users can comment on how a recipe went.': ['Recipe'],
      'Users can browse posts, post comments, and print them.': ['Post'],
    };
    for (const [text, entities] of Object.entries(asking)) {
      it(text, async () => assert.deepEqual(await commented(text), entities));
    }
  });

  describe('are not found where a text does not ask for them', () => {
    const others = [
      'No comments.',
      'There are no comments on posts.',
      'Posts cannot be commented on.',
      'Comments are disabled on recipes.',
      'Comments on posts are not needed.',
      'Readers can’t leave comments.',
      'A post has a comment.',
      'An order has a date and a comment.',
      'Maybe readers can comment on posts later.',
      'Commenting on posts may come in a future version.',
      'It would be nice to have comments on posts.',
      'We have comments to share with the team.',
      'Cooks discuss and share their best posts.',
    ];
    for (const text of others) {
      it(text, async () => assert.equal(await commented(text), undefined));
    }
  });

  describe('stay records of their own where the text wants more of them', () => {
    const records = [
      'Readers can comment on posts. A comment has a name, an email address and a message.',
      'Readers can comment on posts. Comments have an author and a rating.',
      'Readers can comment on posts, and like comments.',
      'Readers can comment on posts, and editors approve comments before they appear.',
      'Readers can comment on posts. Readers can reply to comments.',
    ];
    for (const text of records) {
      it(text, async () => {
        const { entities, modules } = await analyze(`${magazine}\n${text}`);
        assert.deepEqual(modules, undefined);
        assert.ok(entities.some(({ name }) => name === 'Comment'));
      });
    }
  });

  it('replace an entity that the reader made up for them, and cover its sentences', async () => {
    const draft = await analyze('Authors write posts with a title. Visitors leave comments. Visitors delete comments.');
    assert.deepEqual(
      draft.entities.map(({ name }) => name),
      ['Post'],
    );
    const blueprint = finishBlueprint(draft, fieldTypes);
    assert.deepEqual(
      blueprint.modules.map(({ id, entities }) => ({ id, entities })),
      [{ id: 'comments', entities: ['post'] }],
    );
    assert.deepEqual(splitCoverage(blueprint).uncovered, []);
    assert.ok(blueprint.features.some(({ title, built }) => title === 'Comment on posts' && built));
  });

  it('say that they are not built where there is nothing to comment on', async () => {
    const draft = await analyze(
      'A site about our bakery with an About page. Visitors can comment on everything we say.',
    );
    assert.equal(draft.modules?.length ?? 0, 0);
    assert.match(draft.coverage.map(({ note }) => note ?? '').join(' '), /Comments stand below records/);
  });

  it('stand below what the reader knows under another name', async () => {
    const text = 'A poetry website. Visitors browse poetry, post poetry and comment on poetry.';
    const { entities, modules } = await analyze(text);
    assert.deepEqual([entities.map(({ name }) => name), modules?.[0]?.entities], [['Poem'], ['Poem']]);
  });

  it('are read newest first where the text says so', async () => {
    const first = async (text: string) => (await analyze(`${magazine} ${text}`)).modules?.[0]?.options;
    assert.deepEqual(await first('Readers comment on posts. The newest comments come first.'), { first: 'newest' });
    assert.deepEqual(await first('Readers comment on posts.'), { first: 'oldest' });
  });

  it('are one folder on each side, a line on the server, and an element on the screen of what they are about', async () => {
    const requirements = readFileSync(
      join(import.meta.dirname, '../../../src/modules/comments/requirements.md'),
      'utf8',
    );
    const blueprint = finishBlueprint(await analyze(requirements), fieldTypes);
    const request = { projectName: 'Sample', description: '', requirements };
    const render = (modules: typeof blueprint.modules) =>
      new ProjectRenderer({ fieldTypes, modules: moduleCatalog }).render({ ...blueprint, modules }, request).files;
    const before = new Map(render([]).map(({ path, content }) => [path, content]));
    const changed = render(blueprint.modules).filter(({ path, content }) => before.get(path) !== content);
    const own =
      /^(src\/(server|client)\/modules\/comments\/|src\/shared\/modules\/comments\.ts$|tests\/(server|client)\/modules\/comments\.test\.tsx?$)/;
    const others = changed.map(({ path }) => path).filter((path) => !own.test(path) && /^(src|tests)\//.test(path));
    assert.deepEqual(others.sort(), [
      'src/client/screens/articles/article-detail.tsx',
      'src/client/screens/recipes/recipe-detail.tsx',
      // What the first module of any kind brings along.
      'src/server/app.ts',
      'src/server/db/seed.ts',
      'src/server/http/module-routes.ts',
      'src/server/modules/module.ts',
      'src/server/modules/registry.ts',
      'tests/client/support/fake-answers.ts',
      'tests/server/app.test.ts',
    ]);
    const detail = changed.find(({ path }) => path.endsWith('article-detail.tsx'))?.content ?? '';
    assert.match(detail, /<Comments about="articles" record={record\.id} \/>/);
  });
});
