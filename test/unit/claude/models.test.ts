import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { ClaudeModel } from '../../../src/engines/claude/claude-model.ts';
import { listClaudeModels } from '../../../src/engines/claude/list-models.ts';
import { defaultClaudeModel, listedModel } from '../../../src/engines/claude/model-list.ts';
import { claudeLimits, claudeModels } from '../../../src/engines/claude/models.ts';
import { parallelLimit } from '../../../src/engines/claude/rate-limit.ts';
import { hideSecrets } from '../../../src/engines/claude/secrets.ts';
import { estimateTokens } from '../../../src/engines/claude/tokens.ts';
import {
  apiKey,
  call,
  claude,
  collect,
  end,
  fakeFetch,
  never,
  prompt,
  refusing,
  start,
  stop,
  streaming,
} from './fake-claude.ts';

const claudePrice = (model: string) => listedModel(model)?.price;

/** The ids that the types of the SDK name. */
async function sdkModels(): Promise<string[]> {
  const code = import.meta.resolve('@anthropic-ai/sdk/resources/messages/messages');
  const types = await readFile(new URL(code.replace(/\.mjs$/, '.d.ts')), 'utf8');
  const [, union = ''] = /export type Model = ([^;]*);/.exec(types) ?? [];
  assert.notEqual(union, '');
  return [...union.matchAll(/'([^']+)'/g)].map(([, id = '']) => id);
}

const version = (id: string): number =>
  Number(
    id
      .replace(/^claude-\w+-/, '')
      .replace(/-20\d{6}$/, '')
      .replace('-', '.'),
  );

describe('the models of Claude', () => {
  it('has the newest Sonnet of the SDK as its default', async () => {
    const sonnets = (await sdkModels()).filter((id) => id.startsWith('claude-sonnet-'));
    assert.equal(sonnets.toSorted((a, b) => version(b) - version(a))[0], defaultClaudeModel);
    assert.equal(new ClaudeModel({ apiKey }).model, defaultClaudeModel);
    assert.equal(claudeModels[0]?.id, defaultClaudeModel);
  });

  it('knows what the models to choose from cost', async () => {
    const known = await sdkModels();
    for (const { id } of claudeModels) {
      assert.ok(known.includes(id), id);
      assert.ok(claudePrice(id), id);
    }
    assert.deepEqual(claudePrice('claude-sonnet-5-5'), { input: 2, output: 10, cacheRead: 0.1, cacheWrite: 2.5 });
    assert.deepEqual(claudePrice('claude-haiku-4-5-20251001'), claudePrice('claude-haiku-4-5'));
    for (const id of ['claude-sonnet-9', 'constructor', '', 'gpt-6']) assert.equal(claudePrice(id), undefined, id);
  });

  it('knows every model that the SDK names, and where it sends what one of them declines', async () => {
    for (const id of await sdkModels()) {
      const listed = listedModel(id);
      assert.ok(listed, id);
      if (listed.fallback === undefined) continue;
      assert.ok(claudePrice(listed.fallback), 'a budget works there, too');
      assert.equal(listedModel(listed.fallback)?.fallback, undefined, 'whoever is asked instead is the last');
    }
    assert.equal(claudePrice('claude-fable-5-2')?.output, 40);
  });

  it('writes to the cache for a quarter more than it reads, everywhere', async () => {
    for (const id of await sdkModels()) {
      const price = claudePrice(id);
      if (price === undefined) continue;
      assert.equal(price.cacheWrite, price.input * 1.25, id);
      assert.equal(price.output, price.input * 5, id);
      assert.ok(price.cacheRead <= price.input / 10 + 1e-9, id);
    }
  });

  it('keeps requests within the window, and those of Haiku 5.5 below its second price', () => {
    assert.deepEqual(claudeLimits('claude-sonnet-5-5'), { inputTokens: 872_000, outputTokens: 128_000, parallel: 12 });
    assert.deepEqual(claudeLimits('claude-opus-4-5-20251101'), {
      inputTokens: 136_000,
      outputTokens: 64_000,
      parallel: 12,
    });
    assert.deepEqual(claudeLimits('somebody-else'), { inputTokens: 136_000, outputTokens: 64_000, parallel: 12 });
    assert.ok(claudeLimits('claude-haiku-5-5').inputTokens < 100_000);
  });

  it('asks for no more tokens than a model writes', async () => {
    const { fetch, requests } = fakeFetch(streaming([start(), end(), stop]));
    await collect(claude(fetch).model.write({ ...prompt, maxOutputTokens: 1_000_000 }, { signal: never() }));
    assert.equal(requests[0]?.body.max_tokens, 128_000);
  });

  it('estimates tokens by bytes, hardly too low for the densest text', () => {
    assert.equal(estimateTokens(''), 0);
    assert.equal(estimateTokens('x'), 1);
    assert.equal(estimateTokens('const a = 1;\n'.repeat(1000)), 5200);
    assert.equal(estimateTokens('日'.repeat(10_000)), 12_000);
    assert.equal(estimateTokens('👩'.repeat(5000)), 8000);
  });
});

describe('the list of Claude models', () => {
  const listed = {
    data: [
      {
        type: 'model',
        id: 'claude-new-9',
        display_name: 'Claude New 9',
        created_at: '2027-01-01T00:00:00Z',
        lifecycle: 'active',
      },
      {
        type: 'model',
        id: 'claude-old-1',
        display_name: 'Claude Old 1',
        created_at: '2023-01-01T00:00:00Z',
        lifecycle: 'retired',
      },
      { type: 'model', id: 'claude-opus-5-5', display_name: 'Claude Opus 5.5', created_at: '2026-01-01T00:00:00Z' },
      { type: 'model', id: defaultClaudeModel, display_name: 'Claude Sonnet 5.5', created_at: '2026-01-01T00:00:00Z' },
      { type: 'model', id: 'bad id\n' },
    ],
    has_more: false,
    first_id: null,
    last_id: null,
  };

  it('is the one of the service, with the recommended ones first', async () => {
    const { fetch, requests } = fakeFetch(() => Response.json(listed));
    const models = await listClaudeModels({ apiKey, fetch }, { signal: never() });
    assert.deepEqual(
      models.map(({ id }) => id),
      [defaultClaudeModel, 'claude-opus-5-5', 'claude-new-9'],
    );
    assert.equal(models[0]?.description, claudeModels[0]?.description);
    assert.match(requests[0]?.url ?? '', /^https:\/\/api\.anthropic\.com\/v1\/models\?/);
  });

  it('is the built-in one where the service cannot be asked', async () => {
    for (const answer of [
      refusing(401, 'authentication_error', 'No'),
      () => new Response('<html>'),
      () => Response.json({ data: [] }),
      () => Promise.reject(new TypeError('fetch failed')),
    ]) {
      const { fetch } = fakeFetch(answer);
      assert.deepEqual(await listClaudeModels({ apiKey, fetch }, { signal: never() }), claudeModels);
    }
  });

  it('is not waited for by somebody who left', async () => {
    const controller = new AbortController();
    controller.abort();
    const { fetch } = fakeFetch(() => Response.json(listed));
    await assert.rejects(listClaudeModels({ apiKey, fetch }, { signal: controller.signal }), { code: 'cancelled' });
  });
});

describe('what may run at once', () => {
  const rate = (requests?: number, input?: number, output?: number): Record<string, string> =>
    Object.fromEntries(
      Object.entries({ requests, 'input-tokens': input, 'output-tokens': output }).flatMap(([what, left]) =>
        left === undefined ? [] : [[`anthropic-ratelimit-${what}-remaining`, `${left}`]],
      ),
    );

  for (const [what, headers, expected] of [
    ['nothing is said', rate(), undefined],
    ['requests are left', rate(49), 50],
    ['none are left', rate(0), 1],
    ['input tokens run out first', rate(1000, 5000), 6],
    ['output tokens run out first', rate(1000, 1_000_000, 18_500), 4],
    ['a header cannot be read', { 'anthropic-ratelimit-requests-remaining': 'many' }, undefined],
  ] as const) {
    it(`is ${expected ?? 'not known'} where ${what}`, () => {
      assert.equal(parallelLimit(new Headers(headers), 1000), expected);
    });
  }

  it('is said when an answer begins', async () => {
    const { fetch } = fakeFetch(
      streaming([start(), ...call(0, { path: 'a', content: 'b' }), end(), stop], { headers: rate(6) }),
    );
    const { steps } = await collect(claude(fetch).model.write(prompt, { signal: never() }));
    assert.deepEqual(steps[0], { kind: 'started', limit: 7 });
  });
});

describe('hiding secrets', () => {
  for (const [text, hidden] of [
    [`key ${apiKey}, again ${apiKey}.`, 'key [key], again [key].'],
    ['other sk-ant-api03-abc_DEF-1 here', 'other [key] here'],
    ['Authorization: Bearer abcdefghij0123456789', 'Authorization: Bearer [key]'],
    ['x-api-key: abcdefghij0123456789', 'x-api-key: [key]'],
    ['invalid x-api-key', 'invalid x-api-key'],
    ['http://user:pass@proxy:8080/x', 'http://proxy:8080/x'],
  ] as const) {
    it(`makes “${hidden}”`, () => assert.equal(hideSecrets(text, apiKey), hidden));
  }
  it('leaves words alone that are as short as a key of a test', () => {
    assert.equal(hideSecrets('the test key', 'test'), 'the test key');
  });
});
