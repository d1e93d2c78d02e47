import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { blueprintDraftSchema } from '../../../../src/core/blueprint-draft.ts';
import { finishBlueprint } from '../../../../src/core/finish-blueprint.ts';
import type { ProjectRequest } from '../../../../src/core/request.ts';
import { buildBlueprint } from '../../../../src/engines/model/analysis/build.ts';
import { checkDraft, checkSentences } from '../../../../src/engines/model/analysis/check.ts';
import { type Draft, draftKinds, draftSchemaFor } from '../../../../src/engines/model/analysis/draft.ts';
import { mergeDrafts, normalizeDraft } from '../../../../src/engines/model/analysis/normalize.ts';
import { fieldTypes } from '../../../../src/field-types/catalog.ts';
import { moduleCatalog } from '../../../../src/modules/catalog.ts';
import { readTheme } from '../../../../src/reading/colours.ts';
import { splitStatements } from '../../../../src/reading/sentences.ts';
import { ProjectRenderer } from '../../../../src/render/renderer.ts';
import { assertSound } from '../../reading/invariants.ts';

const request: ProjectRequest = {
  projectName: 'Anything',
  description: '',
  requirements: '# Anything\n\nIt keeps posts.\n\n## More\n- Users write posts.\n- It plays chess.\n\n```\ncode\n```\n',
};
const statements = splitStatements(request.requirements);
const theme = readTheme(statements);

const entityNames = [
  'Post',
  'posts',
  'blog post',
  'Blog_Posts',
  'Order',
  'OrderItem',
  'User',
  'Page',
  'Route',
  'News',
  'Series',
  'Category',
  'Home',
  'About',
  'Data',
  'Event',
  'Group',
  'PostTag',
  'VeryLongNameOfAThingThatGoesOnAndOnAndOnAndOnForever',
];
const badNames = ['class', 'Date', '', '日本', '42nd', '__proto__', 'constructor', 'a'.repeat(300)];
const memberNames = [
  'title',
  'name',
  'e-mail',
  'unit price',
  'order',
  'group',
  'page',
  'limit',
  'type',
  'date',
  'post',
  'posts',
  'author',
  'tags',
  'sort',
  'id',
  'createdAt',
  'PostId',
  'count',
  'values',
];
const someName = (good: readonly string[]) =>
  fc.oneof({ weight: 40, arbitrary: fc.constantFrom(...good) }, { weight: 1, arbitrary: fc.constantFrom(...badNames) });
const words = fc.oneof(
  fc.constantFrom('Search posts', 'Play chess', 'About', 'Docs', 'Home', 'Contact us', 'FAQ', 'Posts'),
  fc.string({ maxLength: 20, unit: 'binary' }),
);
const title = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('About', 'Docs', 'Contact us', 'FAQ', 'api', 'Posts & news') },
  { weight: 1, arbitrary: words },
);
const draftSchema = draftSchemaFor(fieldTypes.specs);
const specOf = (type: string) => fieldTypes.get(type).spec;
const sentences = fc.uniqueArray(fc.integer({ min: 0, max: statements.length - 1 }), { maxLength: 3 });
const bound = fc.option(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { nil: undefined });

const field = fc
  .record({
    name: someName(memberNames),
    type: fc.constantFrom(...fieldTypes.ids),
    required: fc.boolean(),
    unique: fc.boolean(),
    values: fc.option(fc.array(words, { minLength: 1, maxLength: 4 }), { freq: 20, nil: undefined }),
    min: bound,
    max: bound,
    unit: fc.option(words, { freq: 4, nil: undefined }),
    currency: fc.option(fc.constantFrom('EUR', 'jpy', 'KWD', 'euros', ''), { freq: 2, nil: undefined }),
    decimals: fc.option(fc.integer({ min: -1, max: 12 }), { freq: 2, nil: undefined }),
  })
  .map(({ values, min, max, unit, currency, decimals, ...rest }) => ({
    ...rest,
    ...(values === undefined ? {} : { values }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(unit === undefined ? {} : { unit }),
    ...(currency === undefined ? {} : { currency }),
    ...(decimals === undefined ? {} : { decimals }),
  }));
const relation = fc.record({
  name: someName(memberNames),
  kind: fc.constantFrom('many-to-one' as const, 'one-to-one' as const, 'many-to-many' as const),
  target: fc.nat({ max: 5 }).map(String),
  required: fc.boolean(),
});
const entity = fc
  .record({
    name: someName(entityNames),
    description: words,
    fields: fc.array(field, { minLength: 1, maxLength: 5 }),
    relations: fc.oneof(
      { weight: 3, arbitrary: fc.array(relation, { maxLength: 0 }) },
      { weight: 2, arbitrary: fc.array(relation, { maxLength: 2 }) },
    ),
    isTitled: fc.integer({ min: 0, max: 20 }),
    sentences,
  })
  .map(({ isTitled, ...rest }) => ({
    ...rest,
    titleField: isTitled === 0 ? 'nothing' : (rest.fields[isTitled % rest.fields.length]?.name ?? ''),
  }));
const feature = fc.record({
  title,
  kind: fc.constantFrom(...draftKinds),
  entity: fc.nat({ max: 6 }).map(String),
  actor: fc.constantFrom('', 'user', 'User', 'Nobody', '', '', ''),
  description: words,
  sentences,
});
/** Any draft of the schema. Most of its references are to entities that it has. */
const anyDraft: fc.Arbitrary<Draft> = fc
  .record({
    actors: fc.array(fc.record({ name: fc.constantFrom('User', 'admin', 'user'), sentences }), {
      minLength: 1,
      maxLength: 4,
    }),
    entities: fc.array(entity, { maxLength: 5 }),
    features: fc.array(feature, { maxLength: 4 }),
    home: fc.record({ text: fc.array(words, { maxLength: 2 }), sentences }),
    pages: fc.array(fc.record({ title, text: fc.array(title, { maxLength: 3 }), sentences }), { maxLength: 2 }),
    theme: fc.record({
      background: fc.constantFrom('', '#FFF', '#102030'),
      component: fc.constantFrom('', '#abcdef'),
      sentences,
    }),
    about: sentences,
    unmet: fc.array(fc.record({ sentence: fc.nat({ max: statements.length - 1 }), reason: words }), { maxLength: 3 }),
  })
  .map((draft) => {
    const nameAt = (index: string) =>
      draft.entities.length === 0 ? '' : (draft.entities[Number(index) % draft.entities.length]?.name ?? '');
    return {
      ...draft,
      entities: draft.entities.map((one) => ({
        ...one,
        relations: one.relations.map((item) => ({ ...item, target: nameAt(item.target) })),
      })),
      features: draft.features.map((one) => ({ ...one, entity: nameAt(one.entity) })),
    };
  });

describe('any draft of a model', () => {
  it('gives problems, or a sound blueprint that renders', () => {
    let good = 0;
    fc.assert(
      fc.property(anyDraft, (draft) => {
        assert.ok(draftSchema.safeParse(draft).success);
        const normal = normalizeDraft(draft, specOf);
        const problems = checkDraft(normal, []);
        for (const problem of problems) assert.match(problem, /^.{10,}[.]$/su);
        if (problems.length > 0) return;
        good++;
        const blueprint = blueprintDraftSchema.parse(
          buildBlueprint(normal, { request, statements, theme, modules: [] }),
        );
        assertSound(blueprint, request.requirements);
        const project = new ProjectRenderer({ fieldTypes, modules: moduleCatalog }).render(
          finishBlueprint(blueprint, fieldTypes),
          request,
        );
        assert.ok(project.files.length > 20);
      }),
      { numRuns: 400 },
    );
    assert.ok(good >= 40, `${good} drafts were good: too few to show anything`);
  });

  it('is normal after it was normalised, and merged with itself says nothing new', () => {
    fc.assert(
      fc.property(anyDraft, (draft) => {
        const normal = normalizeDraft(draft, specOf);
        assert.deepEqual(normalizeDraft(normal, specOf), normal);
        assert.deepEqual(mergeDrafts(normal, normal, specOf), normal);
      }),
      { numRuns: 300 },
    );
  });

  it('names every sentence that it forgets', () => {
    fc.assert(
      fc.property(anyDraft, (draft) => {
        const normal = normalizeDraft(draft, specOf);
        const said = checkSentences(normal, statements, { first: 0, end: statements.length }, new Set()).join(' ');
        const text = JSON.stringify(normal);
        for (const [index, { kind }] of statements.entries()) {
          const isNamed = new RegExp(`"(?:sentences|about)":\\[[^\\]]*\\b${index}\\b|"sentence":${index}\\b`).test(
            text,
          );
          assert.equal(
            new RegExp(`\\b${index}\\b`).test(said),
            !isNamed && kind !== 'code',
            `sentence ${index}: ${said}`,
          );
        }
      }),
    );
  });
});
