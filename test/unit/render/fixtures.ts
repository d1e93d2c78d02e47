import type { Blueprint } from '../../../src/core/blueprint.ts';
import type { BlueprintDraft, Entity, Field, Page, Relation } from '../../../src/core/blueprint-draft.ts';
import { completeDraft } from '../../../src/core/complete-draft.ts';
import { type ProjectRequest, slugify } from '../../../src/core/request.ts';
import { fieldTypes } from '../../../src/field-types/catalog.ts';

/** Blueprints to render in tests: a blog, an application with every type and kind of relation, and one that stores nothing. */

export function field(name: string, type: string, options: Partial<Field> = {}): Field {
  const words = name.replace(/([A-Z])/g, ' $1').toLowerCase();
  const label = words.charAt(0).toUpperCase() + words.slice(1);
  return { name, label, type, required: false, unique: false, ...options };
}

export function relation(
  name: string,
  kind: Relation['kind'],
  target: string,
  inverse: string,
  required = false,
): Relation {
  return { name, label: name.charAt(0).toUpperCase() + name.slice(1), kind, target, required, inverse };
}

export function entity(name: string, plural: string, fields: Field[], relations: Relation[] = []): Entity {
  const spaced = (text: string) => text.replace(/(?<=[a-z])([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return {
    name,
    plural,
    label: spaced(name),
    pluralLabel: spaced(plural),
    description: '',
    fields,
    relations,
    titleField: fields[0]?.name ?? '',
    sentences: [],
  };
}

/** Entities as they stand in a finished blueprint. */
export function finishedEntities(entities: Entity[]): Blueprint['entities'] {
  return project('Any', entities).entities;
}

/** A blueprint with the pages that every entity has. */
export function project(name: string, entities: Entity[], more: Partial<BlueprintDraft> = {}): Blueprint {
  const pages = entities.flatMap((item): Page[] => {
    const path = `/${item.plural.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()}`;
    const id = path.slice(1);
    return [
      { id, title: item.pluralLabel, path, kind: 'list', entity: item.name },
      { id: `${id}-detail`, title: item.label, path: `${path}/:id`, kind: 'detail', entity: item.name },
      { id: `${id}-new`, title: `New ${item.label}`, path: `${path}/new`, kind: 'create', entity: item.name },
      { id: `${id}-edit`, title: `Edit ${item.label}`, path: `${path}/:id/edit`, kind: 'edit', entity: item.name },
    ];
  });
  return completeDraft({
    version: 1,
    name,
    slug: slugify(name),
    description: 'Made for a test.',
    actors: [],
    entities,
    features: [],
    pages: [{ id: 'home', title: 'Home', path: '/', kind: 'home', text: ['Welcome.'] }, ...pages],
    theme: { background: '#ffffff', component: '#1d4ed8', sentences: [] },
    coverage: [],
    ...more,
  });
}

export function requestFor(blueprint: Blueprint): ProjectRequest {
  return { projectName: blueprint.name, description: blueprint.description, requirements: 'People write posts.' };
}

export const blog: Blueprint = project(
  'Blog Platform',
  [
    entity(
      'Post',
      'Posts',
      [
        field('title', 'string', { required: true, unique: true }),
        field('body', 'text', { required: true }),
        field('status', 'enum', { required: true, values: ['Draft', 'In review', 'Published'] }),
        field('publishedAt', 'datetime'),
        field('featured', 'boolean'),
      ],
      [relation('category', 'many-to-one', 'Category', 'posts'), relation('tag', 'many-to-many', 'Tag', 'posts')],
    ),
    entity(
      'Comment',
      'Comments',
      [
        field('body', 'text', { required: true }),
        field('author', 'string', { required: true }),
        field('email', 'email'),
      ],
      [relation('post', 'many-to-one', 'Post', 'comments', true)],
    ),
    entity('Category', 'Categories', [
      field('name', 'string', { required: true, unique: true }),
      field('description', 'text'),
    ]),
    entity('Tag', 'Tags', [field('name', 'string', { required: true, unique: true })]),
  ],
  {
    actors: [
      { id: 'author', name: 'Author', sentences: [0] },
      { id: 'reader', name: 'Reader', sentences: [1] },
    ],
    features: [
      {
        id: 'list-posts',
        title: 'List posts',
        kind: 'list',
        entity: 'Post',
        actor: 'reader',
        built: true,
        sentences: [1],
      },
      {
        id: 'create-post',
        title: 'Create posts',
        kind: 'create',
        entity: 'Post',
        actor: 'author',
        built: true,
        sentences: [0],
      },
      { id: 'newsletter', title: 'Send a newsletter', kind: 'custom', built: false, sentences: [2] },
    ],
    coverage: [
      { text: 'Authors write posts.', start: 0, end: 20, coveredBy: ['entity:Post'] },
      { text: 'Readers comment on them.', start: 21, end: 45, coveredBy: ['entity:Comment'] },
      {
        text: 'A newsletter goes out weekly.',
        start: 46,
        end: 75,
        coveredBy: [],
        note: 'Sending e-mail is not built yet.',
      },
    ],
  },
);

/** Every field type, required and not; every kind of relation, to itself and twice to the same target; reserved words. */
export const everything: Blueprint = project('Everything & "more"', [
  entity(
    'Order',
    'Orders',
    [
      field('name', 'string', { required: true }),
      ...fieldTypes.ids.map((type) => field(`some${pascalOf(type)}`, type, valuesOf(type))),
      ...fieldTypes.ids.map((type) => field(`must${pascalOf(type)}`, type, { required: true, ...valuesOf(type) })),
      field('code', 'string', { required: true, unique: true }),
      field('user', 'string'),
      field('group', 'integer', { min: 1, max: 5 }),
      field('page', 'string'),
      field('sort', 'enum', { values: ['Up', "Don't"] }),
    ],
    [
      relation('buyer', 'many-to-one', 'User', 'purchases', true),
      relation('seller', 'many-to-one', 'User', 'sales'),
      relation('parent', 'many-to-one', 'Order', 'children'),
      relation('related', 'many-to-many', 'Order', 'relatedTo'),
      relation('watcher', 'many-to-many', 'User', 'watched'),
    ],
  ),
  entity(
    'User',
    'Users',
    [field('name', 'string', { required: true }), field('email', 'email', { required: true, unique: true })],
    [relation('group', 'many-to-one', 'Group', 'members'), relation('manager', 'one-to-one', 'User', 'assistant')],
  ),
  entity(
    'Group',
    'Groups',
    [field('startsOn', 'date', { required: true })],
    [relation('owner', 'many-to-one', 'User', 'owned')],
  ),
  entity('Profile', 'Profiles', [field('bio', 'text')], [relation('user', 'one-to-one', 'User', 'profile', true)]),
  entity('Link', 'Links', [field('url', 'url', { required: true })]),
  entity(
    'Class',
    'Classes',
    [field('level', 'integer', { required: true })],
    [relation('link', 'many-to-many', 'Link', 'classes', true)],
  ),
  entity(
    'OrderLine',
    'OrderLines',
    [field('quantity', 'integer', { required: true, min: 1 })],
    [relation('order', 'many-to-one', 'Order', 'lines', true), relation('doc', 'many-to-one', 'Doc', 'lines', true)],
  ),
  entity('Doc', 'Docs', [field('title', 'string')]),
]);

function valuesOf(type: string): Partial<Field> {
  return fieldTypes.takesValues(type) ? { values: ['Low', 'Very high'] } : {};
}

/** `rich-text` → `RichText`. */
function pascalOf(type: string): string {
  return type
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

export const portfolio: Blueprint = project('Portfolio', [], {
  pages: [
    { id: 'home', title: 'Home', path: '/', kind: 'home', text: ['I take photographs.'] },
    { id: 'about', title: 'About', path: '/about', kind: 'content', text: ['I live in Lisbon.', 'I like light.'] },
  ],
});
