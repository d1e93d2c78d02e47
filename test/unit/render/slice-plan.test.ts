import assert from 'node:assert/strict';
import type { Blueprint, Feature, Page } from '../../../src/core/blueprint.ts';
import { phrasesOfSentences } from '../../../src/core/sentence-phrases.ts';
import { fieldTypes } from '../../../src/field-types/catalog.ts';
import { moduleCatalog } from '../../../src/modules/catalog.ts';
import { ProjectRenderer } from '../../../src/render/renderer.ts';
import { customFeature } from '../../support/blueprints.ts';
import { entity, field, project } from './fixtures.ts';
import { slicePaths } from './slice-fixtures.ts';

const name = field('name', 'string', { required: true });

function custom(id: string, more: Partial<Feature> = {}): Feature {
  return { ...customFeature(id, id, []), ...more };
}

function page(of: Omit<Page, 'origin'>): Page {
  return { ...of, origin: { by: 'assumed', reason: 'For a test.' } };
}

function plan(ids: readonly string[], more: Partial<Blueprint> = {}) {
  const base = project('P', [entity('BlogPost', 'BlogPosts', [name]), entity('Doc', 'Docs', [name])]);
  return new ProjectRenderer({ fieldTypes, modules: moduleCatalog }).planSlices({
    ...base,
    features: ids.map((id) => custom(id)),
    ...more,
  });
}

const slugs = (ids: readonly string[], more?: Partial<Blueprint>) => plan(ids, more).map(({ slug }) => slug);

describe('the plan of slices', () => {
  it('has a place for each feature that nobody builds, in order, with the sentences as written', () => {
    const features = [
      customFeature('second', 'second', [1, 0]),
      custom('done', { built: true }),
      custom('list', { kind: 'list' }),
      custom('first'),
    ];
    const sentences = ['One.', 'Two.', 'Three.'].map((text) => ({ text, start: 0, end: text.length, coveredBy: [] }));
    const plans = plan([], { features, sentences, phrases: phrasesOfSentences(sentences).phrases });
    assert.deepEqual(
      plans.map(({ slug, sentences }) => [slug, sentences]),
      [
        ['second', ['One.', 'Two.']],
        ['first', []],
      ],
    );
  });

  it('says where everything goes', () => {
    const [found] = plan(['import-contacts']);
    assert.ok(found);
    const { feature, sentences: _, ...places } = found;
    assert.equal(feature.id, 'import-contacts');
    assert.deepEqual(places, {
      slug: 'import-contacts',
      page: '/import-contacts',
      api: '/api/import-contacts',
      serverFile: 'src/server/modules/import-contacts/routes.ts',
      serverFolder: 'src/server/modules/import-contacts/',
      routesExport: 'importContactsRoutes',
      sharedFile: 'src/shared/modules/import-contacts.ts',
      screenFile: 'src/client/modules/import-contacts/screen.tsx',
      clientFolder: 'src/client/modules/import-contacts/',
      serverTestFile: 'tests/server/modules/import-contacts.test.ts',
      clientTestFile: 'tests/client/modules/import-contacts.test.tsx',
    });
  });

  it('keeps out of the way of entities, pages, the API and what every application has', () => {
    assert.deepEqual(slugs(['blog-post', 'blog-posts', 'docs', 'docs-records']), [
      'blog-post-feature',
      'blog-posts-feature',
      'docs-feature',
      'docs-records-feature',
    ]);
    const pages: Blueprint['pages'] = [
      page({ id: 'home', title: 'Home', path: '/', kind: 'home' }),
      page({ id: 'who-we-are', title: 'About', path: '/about/us', kind: 'content', text: ['Us.'] }),
    ];
    assert.deepEqual(slugs(['about', 'who-we-are', 'us'], { pages }), ['about-feature', 'who-we-are-feature', 'us']);
    const origin = { by: 'assumed', reason: 'For a test.' } as const;
    const modules: Blueprint['modules'] = [{ id: 'comments', options: {}, entities: [], origin }];
    assert.deepEqual(slugs(['comments'], { modules }), ['comments-feature']);
    assert.deepEqual(slugs(['api', 'healthz', 'features', 'home', 'con']), [
      'api-feature',
      'healthz-feature',
      'features-feature',
      'home-feature',
      'con-feature',
    ]);
  });

  it('gives every slice a slug and an export of its own, whatever the features are called', () => {
    const plans = plan(['a-1', 'a1', '3d-view', 'feature', 'feature-feature', 'resource', 'class', 'new']);
    assert.equal(new Set(plans.map(({ slug }) => slug)).size, plans.length);
    const names = plans.map(({ routesExport }) => routesExport);
    assert.equal(new Set(names).size, plans.length);
    for (const routes of names) {
      assert.match(routes, /^[a-z][A-Za-z0-9]*Routes$/);
      // What the server's modules import beside them.
      assert.ok(!['resourceRoutes', 'moduleRoutes', 'appRoutes', 'entityRoutes'].includes(routes), routes);
    }
  });

  it('shortens long ids between words', () => {
    const [slug = ''] = slugs([`${'very-'.repeat(12)}long`]);
    assert.equal(slug, 'very-very-very-very-very-very-very-very');
    assert.equal(slugs(['x'.repeat(80)])[0]?.length, 40);
  });

  it('stops at a number that a person can look through', () => {
    assert.equal(plan(Array.from({ length: 60 }, (_, index) => `feature-${index}`)).length, 40);
  });

  it('leaves every path to one slice', () => {
    const paths = plan(['posts-2', 'posts', 'post', 'about']).flatMap(slicePaths);
    assert.equal(new Set(paths).size, paths.length);
  });
});
