import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { blueprintDraftSchema } from '../../../../src/core/blueprint-draft.ts';
import { TakossError } from '../../../../src/core/errors.ts';
import { finishBlueprint } from '../../../../src/core/finish-blueprint.ts';
import { ModelRefusal } from '../../../../src/core/model-port.ts';
import type { EngineStep } from '../../../../src/core/ports.ts';
import type { Draft } from '../../../../src/engines/model/analysis/draft.ts';
import { OfflineEngine } from '../../../../src/engines/offline/offline-engine.ts';
import { fieldTypes } from '../../../../src/field-types/catalog.ts';
import { moduleCatalog, moduleSpecs } from '../../../../src/modules/catalog.ts';
import { ProjectRenderer } from '../../../../src/render/renderer.ts';
import { FakeModel, MemoryWorkStore, type Reply } from '../../../support/fake-model.ts';
import { assertSound } from '../../reading/invariants.ts';
import { found, read, tasks, texts } from './read.ts';
import { shopDraft, shopRequest } from './shop.ts';

const good: Reply = { value: shopDraft };
const price = { input: 2, output: 10, cacheRead: 0.2, cacheWrite: 2.5 };

/** The good answer with an entity changed. */
function spoilt(change: (entity: Draft['entities'][number]) => Draft['entities'][number]): Draft {
  return { ...shopDraft, entities: shopDraft.entities.map((one) => (one.name === 'Product' ? change(one) : one)) };
}

async function offline() {
  const run = new OfflineEngine({ fieldTypes, modules: moduleSpecs }).analyze(shopRequest, {
    signal: new AbortController().signal,
  });
  for (;;) {
    const next = await run.next();
    if (next.done) return next.value;
  }
}

describe('reading requirements with a model', () => {
  it('makes a sound blueprint that renders', async () => {
    const port = new FakeModel([good]);
    const { blueprint, steps } = await read(shopRequest, port);
    assertSound(blueprintDraftSchema.parse(blueprint), shopRequest.requirements);
    assert.deepEqual(
      blueprint.entities.map(({ name }) => name),
      ['Category', 'Product', 'Rating', 'Order', 'OrderItem'],
    );
    assert.deepEqual(tasks(steps), ['Reading 13 sentences with fake-1', 'Planning features and pages']);
    assert.deepEqual(texts(steps, 'notice'), []);
    const { files, database } = new ProjectRenderer({ fieldTypes, modules: moduleCatalog }).render(
      finishBlueprint(blueprint, fieldTypes),
      shopRequest,
    );
    assert.deepEqual(database.tables, ['categories', 'products', 'ratings', 'orders', 'order_items']);
    assert.ok(files.some(({ path }) => path === 'src/client/screens/order-items/order-item-form.tsx'));
  });

  it('lets records be that have no name of their own, and requires nothing that the answer does not', async () => {
    const one = (name: string) => ({ name, kind: 'many-to-one' as const, target: name, required: true });
    const changed = {
      ...shopDraft,
      entities: shopDraft.entities.map((entity) => {
        if (entity.name === 'OrderItem')
          return { ...entity, fields: [], relations: [one('order'), one('product')], titleField: '' };
        if (entity.name !== 'Category') return entity;
        const fields = [{ name: 'optionA', type: 'string' as const, required: false, unique: false }];
        return { ...entity, fields, titleField: 'optionA' };
      }),
    };
    const port = new FakeModel([{ value: changed }]);
    const { blueprint } = await read(shopRequest, port);
    assert.equal(port.prompts.length, 1);
    const of = (name: string) => blueprint.entities.find((entity) => entity.name === name);
    assert.deepEqual(of('OrderItem')?.fields, []);
    assert.equal(of('OrderItem')?.titleField, undefined);
    assert.equal(of('Category')?.titleField, 'optionA');
    assert.deepEqual(of('Category')?.fields, [
      { name: 'optionA', label: 'Option A', type: 'string', required: false, unique: false },
    ]);
    assert.ok(blueprintDraftSchema.safeParse(blueprint).success);
    const { files } = new ProjectRenderer({ fieldTypes, modules: moduleCatalog }).render(
      finishBlueprint(blueprint, fieldTypes),
      shopRequest,
    );
    const labels = files.find(({ path }) => path === 'src/server/db/labels.ts');
    assert.match(labels?.content ?? '', /export function labelOfOrderItem\(/);
  });

  it('calls no record by a choice, a moment or a picture', async () => {
    for (const titleField of ['picture', 'category', 'createdAt', '']) {
      const port = new FakeModel([{ value: spoilt((entity) => ({ ...entity, titleField })) }]);
      const { blueprint } = await read(shopRequest, port);
      assert.equal(port.prompts.length, 1, titleField);
      assert.equal(blueprint.entities.find(({ name }) => name === 'Product')?.titleField, undefined, titleField);
    }
  });

  it('gives every entity the features and pages that the offline engine gives it', async () => {
    const { blueprint } = await read(shopRequest, new FakeModel([good]));
    const rules = await offline();
    const both = blueprint.entities.filter(({ name }) => rules.entities.some((other) => other.name === name));
    assert.ok(both.length >= 2);
    for (const { name } of both) {
      const own = (pages: typeof rules.pages) => pages.filter(({ entity }) => entity === name);
      assert.deepEqual(own(blueprint.pages), own(rules.pages));
      for (const kind of ['list', 'view', 'create', 'update', 'delete'])
        assert.ok(blueprint.features.some((one) => one.kind === kind && one.entity === name && one.built));
    }
  });

  it('accounts for every sentence', async () => {
    const { blueprint } = await read(shopRequest, new FakeModel([good]));
    const { coverage } = blueprint;
    assert.deepEqual(coverage[9]?.coveredBy, []);
    assert.equal(coverage[9]?.note, 'Show sales per month is not built.');
    assert.match(coverage[10]?.note ?? '', /terminal of a bank/);
    assert.ok(coverage[3]?.coveredBy.includes('feature:search-products'));
    assert.deepEqual(coverage[0]?.coveredBy, ['project:name']);
    const custom = blueprint.features.find(({ kind }) => kind === 'custom');
    assert.equal(custom?.built, false);
    assert.equal(custom?.description, 'A bar chart with the sum of the orders of each month.');
    assert.deepEqual(custom?.sentences, [9]);
  });

  it('takes the colours the user named, and those of the model where the user named none', async () => {
    const coloured = { ...shopDraft, theme: { background: '#000000', component: '#111111', sentences: [12] } };
    const named = await read(shopRequest, new FakeModel([{ value: coloured }]));
    assert.deepEqual([named.blueprint.theme.background, named.blueprint.theme.component], ['#fffff0', '#006400']);
    const plain = {
      ...shopRequest,
      requirements: shopRequest.requirements.replace(/The background.*/, 'It looks like a forest at night.'),
    };
    const chosen = await read(plain, new FakeModel([{ value: coloured }]));
    assert.deepEqual([chosen.blueprint.theme.background, chosen.blueprint.theme.component], ['#000000', '#111111']);
    assert.ok(chosen.blueprint.coverage[12]?.coveredBy.includes('theme:colors'));
  });

  describe('while the answer is written', () => {
    it('says each entity and feature once, when its name is whole', async () => {
      const { steps } = await read(shopRequest, new FakeModel([good]));
      assert.deepEqual(found(steps, 'entity'), ['Category', 'Product', 'Rating', 'Order', 'Order item']);
      assert.deepEqual(found(steps, 'feature'), [
        'Browse products',
        'Search products',
        'Rate a product',
        'Show sales per month',
      ]);
    });

    it('does not say a name that is still being typed', async () => {
      const at = (name: string) => ({ actors: [], entities: [{ name }] });
      const steps: EngineStep[] = [];
      const seen: string[][] = [];
      const partials = [at('Pro'), at('Product'), { entities: [{ name: 'Product', description: '' }] }];
      const port = new FakeModel([
        {
          error: new TakossError('model-credit', 'None left.'),
          partials: [...partials, { entities: [], features: [{}] }],
        },
      ]);
      await assert.rejects(read(shopRequest, port, { steps }));
      seen.push(found(steps, 'entity'));
      assert.deepEqual(seen, [['Product']]);
    });

    it('says what was used, and that the service lets it wait', async () => {
      const usage = { inputTokens: 1200, cachedTokens: 0, cacheWriteTokens: 0, outputTokens: 300 };
      const reply: Reply = {
        ...good,
        usage,
        steps: [
          { kind: 'waiting', reason: 'overloaded', waitMs: 4000 },
          { kind: 'waiting', reason: 'rate-limit', waitMs: 20_400 },
          { kind: 'waiting', reason: 'network', waitMs: 1000 },
          { kind: 'held-back' },
          { kind: 'held-back' },
        ],
      };
      const { steps } = await read(shopRequest, new FakeModel([reply], { price }));
      assert.deepEqual(texts(steps, 'status'), [
        'Claude is busy: trying again in 4 s',
        'Claude takes no more requests for now: trying again in 20 s',
        'Claude cannot be reached: trying again in 1 s',
      ]);
      assert.equal(texts(steps, 'notice').length, 1);
      const last = steps.findLast((step) => step.kind === 'usage');
      assert.deepEqual(last, { kind: 'usage', usage: { ...usage, model: 'fake-1', costUsd: 0.0054 } });
    });

    it('says usage at most twice a second, and at the end', async () => {
      const counts = Array.from({ length: 50 }, (_, outputTokens) => ({
        kind: 'usage' as const,
        usage: { inputTokens: 10, cachedTokens: 0, cacheWriteTokens: 0, outputTokens },
      }));
      const { steps } = await read(
        shopRequest,
        new FakeModel([{ ...good, steps: counts, usage: { outputTokens: 99 } }]),
      );
      const said = steps.filter((step) => step.kind === 'usage');
      assert.ok(said.length <= 5, `${said.length} times`);
      assert.equal(said.at(-1)?.usage.outputTokens, 99);
    });
  });

  describe('a bad answer', () => {
    const broken: readonly [what: string, draft: Draft, problem: RegExp][] = [
      [
        'a reserved word',
        { ...shopDraft, entities: [...shopDraft.entities, { ...shopDraft.entities[0], name: 'Class' } as never] },
        /"Class" is a reserved word/,
      ],
      ['a missing title field', spoilt((one) => ({ ...one, titleField: 'sku' })), /titleField "sku" of "Product"/],
      [
        'a relation to nothing',
        spoilt((one) => ({
          ...one,
          relations: [{ name: 'brand', kind: 'many-to-one', target: 'Brand', required: false }],
        })),
        /"Product\.brand" points to "Brand"/,
      ],
      [
        'a relation that is a field',
        spoilt((one) => ({
          ...one,
          fields: [...one.fields, { name: 'categoryId', type: 'integer', required: true, unique: false }],
        })),
        /field and a relation that are both called "category"/,
      ],
      [
        'an enum without values',
        spoilt((one) => ({
          ...one,
          fields: [...one.fields, { name: 'kind', type: 'enum', required: true, unique: false }],
        })),
        /"Product\.kind" is an enum without values/,
      ],
      [
        'contradicting bounds',
        spoilt((one) => ({
          ...one,
          fields: [
            ...one.fields,
            { name: 'weight', type: 'integer', required: true, unique: false, min: 1.2, max: 1.8 },
          ],
        })),
        /no value lies between/,
      ],
      [
        'a unique field with few values',
        spoilt((one) => ({
          ...one,
          fields: [...one.fields, { name: 'rank', type: 'integer', required: true, unique: true, min: 1, max: 3 }],
        })),
        /"Product\.rank" is unique and takes only 3 values/,
      ],
      [
        'a circle',
        spoilt((one) => ({
          ...one,
          relations: [{ name: 'best', kind: 'many-to-one', target: 'Rating', required: true }],
        })),
        /circle: Product → Rating → Product/,
      ],
      [
        'a field called by a keyword',
        spoilt((one) => ({
          ...one,
          fields: [...one.fields, { name: 'class', type: 'string', required: true, unique: false }],
        })),
        /"Product\.class" is called by a reserved word/,
      ],
      ['a forgotten sentence', { ...shopDraft, unmet: [] }, /what becomes of sentence 10;/],
      ['a sentence that is not there', { ...shopDraft, about: [1, 99] }, /There is no sentence 99/],
      [
        'a feature of nothing',
        {
          ...shopDraft,
          features: [
            ...shopDraft.features,
            { title: 'Edit brands', kind: 'update', entity: 'Brand', actor: '', description: '', sentences: [] },
          ],
        },
        /works on "Brand", which is not an entity/,
      ],
      [
        'an unknown actor',
        { ...shopDraft, actors: [], unmet: [...shopDraft.unmet] },
        /done by "Customer", who is not among the actors/,
      ],
      [
        'an address that is taken',
        { ...shopDraft, pages: [{ title: 'Products', text: ['Ours.'], sentences: [11] }] },
        /address of the list of "Product"/,
      ],
      [
        'a colour that is none',
        { ...shopDraft, theme: { ...shopDraft.theme, background: 'greenish' } },
        /background colour "Greenish|background colour "greenish"/,
      ],
    ];
    for (const [what, draft, problem] of broken) {
      it(`is put right when it has ${what}`, async () => {
        const port = new FakeModel([{ value: draft }, good]);
        const { blueprint, steps } = await read(shopRequest, port);
        assert.equal(blueprint.entities.length, 5);
        assert.equal(port.prompts.length, 2);
        const [first, second] = port.prompts;
        assert.equal(second?.prefix, first?.prefix);
        assert.match(second?.task ?? '', problem);
        assert.ok(second?.task.includes('Your earlier answer was:'));
        assert.deepEqual(texts(steps, 'notice'), []);
        assert.deepEqual(
          found(steps, 'entity').filter((name) => name === 'Product'),
          ['Product'],
        );
      });
    }

    it('is put right when it is not of the schema', async () => {
      const port = new FakeModel([{ bad: 'schema', problems: ['entities: Required.'], text: '{"a":1}' }, good]);
      const { blueprint } = await read(shopRequest, port);
      assert.equal(blueprint.entities.length, 5);
      assert.ok(port.prompts[1]?.task.includes('- entities: Required.'));
      assert.ok(port.prompts[1]?.task.includes('{"a":1}'));
    });

    it('is repaired twice, and then the rules read', async () => {
      const port = new FakeModel([
        { value: spoilt((one) => ({ ...one, titleField: 'one' })) },
        { value: spoilt((one) => ({ ...one, titleField: 'two' })) },
        { value: spoilt((one) => ({ ...one, titleField: 'three' })) },
      ]);
      const { blueprint, steps } = await read(shopRequest, port);
      assert.deepEqual(blueprint, await offline());
      assert.equal(port.prompts.length, 3);
      assert.deepEqual(texts(steps, 'notice'), [
        'The requirements were read by rules instead of by fake-1: its answer could not be used, and was not put right when asked again. The titleField "three" of "Product" is not one of its fields; name one, or leave it empty.',
      ]);
    });

    it('is not asked for again when the same is wrong twice', async () => {
      const same = { value: spoilt((one) => ({ ...one, titleField: 'one' })) };
      const port = new FakeModel([same, same]);
      assert.deepEqual((await read(shopRequest, port)).blueprint, await offline());
      assert.equal(port.prompts.length, 2);
    });

    it('may be longer when it was cut off, once', async () => {
      const port = new FakeModel([{ bad: 'length', partials: [{ entities: [{ name: 'Product' }] }] }, good]);
      const { blueprint } = await read(shopRequest, port);
      assert.equal(blueprint.entities.length, 5);
      const [first, second] = port.prompts.map(({ maxOutputTokens }) => maxOutputTokens);
      assert.ok((second ?? 0) > (first ?? 0) * 2);
      const endless = new FakeModel(() => ({ bad: 'length' }));
      const { steps } = await read(shopRequest, endless);
      assert.equal(endless.prompts.length, 2);
      assert.equal(texts(steps, 'notice').length, 1);
    });

    it('is one too when the model refuses', async () => {
      const error = new TakossError('model', 'The model refused to answer.');
      const port = new FakeModel([{ error }, { error }]);
      const { blueprint, steps } = await read(shopRequest, port);
      assert.deepEqual(blueprint, await offline());
      assert.match(texts(steps, 'notice')[0] ?? '', /The model refused to answer\.$/);
    });

    it('that is thought about says so while nothing else arrives', async () => {
      const { steps } = await read(shopRequest, new FakeModel([{ value: shopDraft, steps: [{ kind: 'thinking' }] }]));
      assert.ok(texts(steps, 'status').includes('Claude is thinking'));
    });

    it('that is declined is asked of another model, never of the same one again', async () => {
      const error = new ModelRefusal('The model declined.', 'cyber security');
      const port = new FakeModel([{ error }], { model: 'strict' });
      const missing = new FakeModel([{ error: new TakossError('model-unknown', 'Not there.') }], { model: 'missing' });
      const mild = new FakeModel([{ value: shopDraft }], { model: 'mild' });
      const { blueprint, steps } = await read(shopRequest, port, { fallbacks: [missing, mild] });
      assert.deepEqual(
        [port, missing, mild].map(({ prompts }) => prompts.length),
        [1, 1, 1],
      );
      assert.deepEqual(port.prompts, mild.prompts, 'not a word of an earlier answer');
      assert.ok(blueprint.entities.length > 0);
      assert.deepEqual(texts(steps, 'notice'), [
        'strict declined to answer (policy area: cyber security): missing was asked instead.',
        'strict declined to answer (policy area: cyber security): mild was asked instead.',
      ]);
    });

    it('that every model declines is left to the rules, with the reason', async () => {
      const error = new ModelRefusal('Claude declined to answer this (policy area: biology).', 'biology');
      const [port, other] = [new FakeModel([{ error }]), new FakeModel([{ error }], { model: 'other' })];
      const { blueprint, steps } = await read(shopRequest, port, { fallbacks: [other] });
      assert.deepEqual(blueprint, await offline());
      assert.match(
        texts(steps, 'notice').at(-1) ?? '',
        /by rules instead of by fake-1: it declined\. .*area: biology\)\.$/,
      );
      assert.deepEqual([port.prompts.length, other.prompts.length], [1, 1]);
    });

    it('needs no repair for what can be written in several ways', async () => {
      const loose: Draft = {
        ...shopDraft,
        entities: shopDraft.entities.map((one) => ({
          ...one,
          name: one.name === 'OrderItem' ? 'order_items' : one.name.toLowerCase(),
          fields: [{ name: 'id', type: 'integer' as const, required: true, unique: true }, ...one.fields],
          relations: one.relations.map((relation) => ({ ...relation, target: `${relation.target.toLowerCase()}s` })),
        })),
      };
      const loosely = loose.entities.map((one) => ({
        ...one,
        relations: one.relations.map((relation) => ({
          ...relation,
          target: relation.target.replace('categorys', 'Categories'),
        })),
      }));
      const { blueprint } = await read(shopRequest, new FakeModel([{ value: { ...loose, entities: loosely } }]));
      const { blueprint: plain } = await read(shopRequest, new FakeModel([good]));
      assert.deepEqual(blueprint, plain);
    });
  });

  describe('failures', () => {
    const cut = new TakossError('network', 'The connection broke off.');
    it('asks again when an answer breaks off, twice at most', async () => {
      const broken: Reply = { error: cut, partials: [{ entities: [{ name: 'Product', fields: [] }] }] };
      const port = new FakeModel([broken, broken, good]);
      const { blueprint, waits, steps } = await read(shopRequest, port);
      assert.equal(blueprint.entities.length, 5);
      assert.deepEqual(waits, [2000, 4000]);
      assert.equal(found(steps, 'entity').filter((name) => name === 'Product').length, 1);
      assert.equal(new Set(port.prompts.map(({ task }) => task)).size, 1);
      const never = new FakeModel(() => broken);
      await assert.rejects(read(shopRequest, never), cut);
      assert.equal(never.prompts.length, 3);
    });

    it('throws what the service says as it is', async () => {
      for (const code of [
        'model-key',
        'model-credit',
        'model-unknown',
        'rate-limit',
        'model-overloaded',
        'network',
      ] as const) {
        const error = new TakossError(code, 'No.');
        const port = new FakeModel([{ error, isEarly: true }]);
        await assert.rejects(read(shopRequest, port), error);
        assert.equal(port.prompts.length, 1);
      }
    });

    it('stops soon after a cancel', async () => {
      const abort = new AbortController();
      const port = new FakeModel([{ ...good, before: () => abort.abort() }]);
      await assert.rejects(read(shopRequest, port, { signal: abort.signal }), { code: 'cancelled' });
    });
  });

  describe('kept work', () => {
    it('costs nothing the next time', async () => {
      const store = new MemoryWorkStore();
      const first = await read(
        shopRequest,
        new FakeModel([{ value: spoilt((one) => ({ ...one, titleField: 'x' })) }, good]),
        { store },
      );
      const port = new FakeModel([]);
      const second = await read(shopRequest, port, { store });
      assert.deepEqual(second.blueprint, first.blueprint);
      assert.equal(port.prompts.length, 0);
      assert.deepEqual(texts(second.steps, 'status'), [
        'The requirements were read in an earlier run: the model is not asked again',
      ]);
      assert.deepEqual(found(second.steps, 'entity').length, 5);
    });

    it('is not taken for another model or other requirements, nor when it was damaged', async () => {
      const store = new MemoryWorkStore();
      await read(shopRequest, new FakeModel([good]), { store });
      const other = new FakeModel([good], { model: 'fake-2' });
      await read(shopRequest, other, { store });
      const changed = new FakeModel([good]);
      await read({ ...shopRequest, description: 'Another.' }, changed, { store });
      for (const key of store.kept.keys()) store.kept.set(key, '{"entities":"none"}');
      const damaged = new FakeModel([good]);
      await read(shopRequest, damaged, { store });
      for (const port of [other, changed, damaged]) assert.equal(port.prompts.length, 1);
    });
  });

  describe('within a budget', () => {
    it('does not ask when it cannot be paid', async () => {
      const port = new FakeModel([], { price });
      const { blueprint, steps } = await read(shopRequest, port, { budgetUsd: 0.01 });
      assert.deepEqual(blueprint, await offline());
      assert.equal(port.prompts.length, 0);
      assert.match(texts(steps, 'notice')[0] ?? '', /the budget of \$0\.01 was reached\.$/);
    });

    it('does not repair what cannot be paid', async () => {
      const usage = { inputTokens: 5000, outputTokens: 1000 };
      const port = new FakeModel([{ value: { ...shopDraft, unmet: [] }, usage }], { price });
      const { steps } = await read(shopRequest, port, { budgetUsd: 0.03 });
      assert.equal(port.prompts.length, 1);
      assert.match(texts(steps, 'notice')[0] ?? '', /the budget of \$0\.03 was reached\.$/);
    });
  });
});
