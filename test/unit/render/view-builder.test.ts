import assert from 'node:assert/strict';
import type { EntityView } from '../../../src/emit/project-view.ts';
import { fieldTypes } from '../../../src/field-types/catalog.ts';
import { viewProject } from '../../../src/render/view-builder.ts';
import { blog, entity, everything, field, project, relation, requestFor } from './fixtures.ts';

const view = (blueprint: typeof blog) => viewProject(blueprint, requestFor(blueprint), fieldTypes);
const find = (blueprint: typeof blog, name: string): EntityView => {
  const found = view(blueprint).entities.find((candidate) => candidate.name === name);
  assert.ok(found);
  return found;
};
const name = field('name', 'string', { required: true });

describe('the view of a project', () => {
  it('has every form of a name', () => {
    const item = find(project('P', [entity('BlogPost', 'BlogPosts', [name])]), 'BlogPost');
    const { pascal, camel, camelPlural, kebab, kebabPlural, table, apiPath, labelLower } = item;
    assert.deepEqual(
      { pascal, camel, camelPlural, kebab, kebabPlural, table, apiPath, labelLower },
      {
        pascal: 'BlogPost',
        camel: 'blogPost',
        camelPlural: 'blogPosts',
        kebab: 'blog-post',
        kebabPlural: 'blog-posts',
        table: 'blog_posts',
        apiPath: '/api/blog-posts',
        labelLower: 'blog post',
      },
    );
  });

  it('has a column, a rule and a sample for every type of field', () => {
    const order = find(everything, 'Order');
    for (const type of fieldTypes.ids) {
      const required = order.fields.find((item) => item.type === type && item.required && item.name.startsWith('must'));
      assert.ok(required, type);
      assert.match(required.drizzle.code, /^\w+\('must_/);
      for (const seed of order.seeds) assert.notEqual(seed[required.name], null, type);
    }
  });

  it('names keys of relations, and what they are expanded to', () => {
    const order = find(everything, 'Order');
    assert.deepEqual(
      order.relations.map(({ key, expanded, filterParam, isMany, onDelete }) => [
        key,
        expanded,
        filterParam,
        isMany,
        onDelete,
      ]),
      [
        ['buyerId', 'buyer', 'buyerId', false, 'restrict'],
        ['sellerId', 'seller', 'sellerId', false, 'set null'],
        ['parentId', 'parent', 'parentId', false, 'set null'],
        ['relatedIds', 'relateds', 'relatedId', true, 'cascade'],
        ['watcherIds', 'watchers', 'watcherId', true, 'cascade'],
      ],
    );
    const post = find(blog, 'Post');
    assert.deepEqual(
      post.relations.map((item) => [item.key, item.expanded]),
      [
        ['categoryId', 'category'],
        ['tagIds', 'tags'],
      ],
    );
  });

  it('knows relations from their target too', () => {
    const user = find(everything, 'User');
    assert.deepEqual(
      user.inverses.map((inverse) => [inverse.source.name, inverse.name, inverse.isMany, inverse.relation.filterParam]),
      [
        ['Order', 'purchases', true, 'buyerId'],
        ['Order', 'sales', true, 'sellerId'],
        ['Order', 'watched', true, 'watcherId'],
        ['User', 'assistant', false, 'managerId'],
        ['Group', 'owned', true, 'ownerId'],
        ['Profile', 'profile', false, 'userId'],
      ],
    );
  });

  it('deletes what belongs to a record with it, and refuses where others need it', () => {
    assert.equal(find(blog, 'Comment').toOne[0]?.onDelete, 'cascade');
    assert.deepEqual(
      find(everything, 'OrderLine').toOne.map((item) => item.onDelete),
      ['cascade', 'restrict'],
    );
  });

  it('requires nothing that could never be given', () => {
    const circle = project('P', [
      entity('Egg', 'Eggs', [name], [relation('hen', 'many-to-one', 'Hen', 'eggs', true)]),
      entity('Hen', 'Hens', [name], [relation('egg', 'one-to-one', 'Egg', 'hen', true)]),
      entity('Node', 'Nodes', [name], [relation('parent', 'many-to-one', 'Node', 'children', true)]),
    ]);
    assert.deepEqual(
      view(circle).entities.map((item) => item.toOne[0]?.required),
      [true, false, false],
    );
    assert.deepEqual(
      view(circle).entitiesByDependency.map((item) => item.name),
      ['Hen', 'Egg', 'Node'],
    );
  });

  it('gives samples whose relations exist when they are stored', () => {
    for (const blueprint of [blog, everything]) {
      const stored = new Map<string, number>();
      for (const item of view(blueprint).entitiesByDependency) {
        item.seeds.forEach((seed, index) => {
          for (const { key, target, isSelf, required } of item.toOne) {
            const id = seed[key] ?? null;
            assert.ok(id !== null || !required, `${item.name}.${key}`);
            if (id !== null)
              assert.ok(Number(id) <= (isSelf ? index : (stored.get(target.name) ?? 0)), `${item.name}.${key}`);
          }
        });
        for (const unique of [...item.fields, ...item.toOne].filter((part) => part.unique)) {
          const key = 'key' in unique ? unique.key : unique.name;
          const values = [...item.seeds, item.sample].map((seed) => seed[key]).filter((value) => value !== null);
          assert.equal(new Set(values).size, values.length, `${item.name}.${key} is unique`);
        }
        stored.set(item.name, item.seeds.length);
      }
    }
  });

  it('calls records that have no name of their own after those that they require', () => {
    const nameless = (singular: string, plural: string, targets: readonly string[], required = true) => {
      const relations = targets.map((target) =>
        relation(`${target.charAt(0).toLowerCase()}${target.slice(1)}`, 'many-to-one', target, plural, required),
      );
      const { titleField: _, ...rest } = entity(singular, plural, [], relations);
      return rest;
    };
    const blueprint = project('P', [
      entity('Student', 'Students', [name]),
      entity('Course', 'Courses', [name]),
      nameless('Enrollment', 'Enrollments', ['Student', 'Course']),
      nameless('Attendance', 'Attendances', ['Enrollment']),
      nameless('Remark', 'Remarks', ['Attendance', 'Student']),
      nameless('Wish', 'Wishes', ['Student', 'Course'], false),
    ]);
    const links = (wanted: string) => find(blueprint, wanted).titleLinks.map(({ expanded }) => expanded);
    assert.deepEqual(links('Student'), []);
    assert.deepEqual(links('Enrollment'), ['student', 'course']);
    assert.deepEqual(links('Attendance'), ['enrollment']);
    // An attendance is named after three records already.
    assert.deepEqual(links('Remark'), ['student']);
    assert.deepEqual(links('Wish'), []);
    assert.equal(find(blueprint, 'Wish').titleField, undefined);
  });

  it('keeps names apart that would meet', () => {
    const blueprint = project('P', [
      entity(
        'Post',
        'Posts',
        [name, field('categoryId', 'string'), field('page', 'string'), field('constructor', 'string')],
        [relation('category', 'many-to-one', 'Category', 'posts')],
      ),
      entity('Category', 'Categories', [name]),
      entity('Doc', 'Docs', [name]),
    ]);
    const post = find(blueprint, 'Post');
    assert.equal(post.toOne[0]?.key, 'categoryIdRef');
    assert.notEqual(post.toOne[0]?.column, 'category_id');
    assert.ok(post.filters.some((filter) => filter.param === 'pageValue'));
    assert.ok(post.fields.some((item) => item.name === 'constructorValue'));
    assert.notEqual(find(blueprint, 'Doc').apiPath, '/api/docs');
  });

  it('gives no table and no column a name that PostgreSQL keeps for itself', () => {
    const rating = entity('PGRating', 'PGRatings', [name, field('pgLevel', 'integer')]);
    const { table, fields } = find(project('P', [rating]), 'PGRating');
    assert.deepEqual([table, ...fields.map(({ column }) => column)], ['pgratings', 'name', 'pglevel']);
  });
});
