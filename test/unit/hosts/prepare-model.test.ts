import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { asOf } from '../../../src/engines/claude/model-list.ts';
import { claudeProvider } from '../../../src/engines/claude/provider.ts';
import { credentialOf, secretVariables, withoutSecrets } from '../../../src/hosts/credentials.ts';
import { type ModelSetup, prepareModel } from '../../../src/hosts/prepare-model.ts';
import { parsePrice, priceOf } from '../../../src/hosts/stated-price.ts';
import { emptyProvider } from '../../fixtures/providers/empty/provider.ts';

const dayMs = 86_400_000;
const setup: ModelSetup = {
  credential: { kind: 'api-key', secret: 'sk-ant-test-0123456789' },
  keyRemedy: 'Set one.',
  priceRemedy: 'State it.',
  now: Date.parse(asOf) + dayMs,
};

describe('a model that a host prepares', () => {
  it('needs a key where its provider does, and none where it does not', async () => {
    const { credential: _, ...without } = setup;
    await assert.rejects(prepareModel(claudeProvider, without), { message: 'There is no key for Claude. Set one.' });
    assert.equal((await prepareModel(emptyProvider, without)).port.model, 'empty-1');
  });

  it('has a budget only with a price: the listed one, or the one that is stated', async () => {
    const listed = await prepareModel(claudeProvider, { ...setup, model: 'claude-fable-5-2', budgetUsd: 1 });
    assert.deepEqual(listed.port.price, { input: 8, output: 40, cacheRead: 0.2, cacheWrite: 10 });
    const unknown = { ...setup, model: 'qwen3-coder', budgetUsd: 1 };
    await assert.rejects(prepareModel(claudeProvider, unknown), {
      message: /^The price of qwen3-coder is not known here, so a budget cannot be kept\. State it\. Or choose/,
    });
    const stated = await prepareModel(claudeProvider, { ...unknown, price: { input: 0.5, output: 2 } });
    assert.equal(stated.budgetUsd, 1);
    assert.deepEqual(stated.port.price, priceOf({ input: 0.5, output: 2 }));
  });

  it('says when the prices it goes by are old, unless the user states one', async () => {
    const notices = async (days: number, more: Partial<ModelSetup> = {}) =>
      (await prepareModel(claudeProvider, { ...setup, ...more, now: Date.parse(asOf) + days * dayMs })).notices;
    assert.deepEqual(await notices(180), []);
    const [notice = ''] = await notices(181);
    assert.ok(notice.startsWith(`The prices of Claude in this version of Takoss are of ${asOf}`), notice);
    assert.deepEqual(await notices(999, { price: { input: 1, output: 1 } }), []);
    assert.deepEqual(await notices(999, { model: 'without-a-price' }), []);
  });

  it('has others behind it that may decline less: those of its line, those that are named, or none', async () => {
    const fallbacks = async (more: Partial<ModelSetup>) =>
      (await prepareModel(claudeProvider, { ...setup, ...more })).fallbacks.map(({ model }) => model);
    assert.deepEqual(await fallbacks({}), ['claude-sonnet-5']);
    assert.deepEqual(await fallbacks({ model: 'claude-opus-5-5' }), ['claude-opus-4-8']);
    assert.deepEqual(await fallbacks({ model: 'claude-opus-4-8' }), []);
    assert.deepEqual(await fallbacks({ baseUrl: 'http://localhost:11434' }), [], 'another service has other models');
    assert.deepEqual(await fallbacks({ fallbackModels: ['a', 'b'], baseUrl: 'http://localhost:1' }), ['a', 'b']);
    assert.deepEqual(await fallbacks({ fallbackModels: [] }), []);
    await assert.rejects(prepareModel(claudeProvider, { ...setup, budgetUsd: 1, fallbackModels: ['a'] }), {
      message: /^The price of a, to be asked instead, is not known here/,
    });
  });

  it('thinks as much as its provider can be told', async () => {
    await prepareModel(claudeProvider, { ...setup, effort: 'xhigh' });
    await assert.rejects(prepareModel(claudeProvider, { ...setup, effort: 'huge' }), {
      message: 'There is no effort "huge". Use one of: low, medium, high, xhigh, max.',
    });
    await assert.rejects(prepareModel(emptyProvider, { ...setup, effort: 'low' }), { code: 'invalid-request' });
  });
});

describe('a price that a user states', () => {
  for (const [text, price] of [
    ['3/15', { input: 3, output: 15 }],
    [' $0.25 / $1.25 ', { input: 0.25, output: 1.25 }],
    ['0/0', { input: 0, output: 0 }],
    ['3', undefined],
    ['-1/2', undefined],
    ['3/15/1', undefined],
    ['', undefined],
  ] as const) {
    it(`is ${price === undefined ? 'none' : JSON.stringify(price)} in "${text}"`, () => {
      assert.deepEqual(parsePrice(text), price);
    });
  }
});

describe('the credential of the environment', () => {
  const of = (environment: Readonly<Record<string, string>>) =>
    credentialOf(claudeProvider, (name) => environment[name]);

  it('is a key, or a token where there is no key', () => {
    const [key, token] = [{ ANTHROPIC_API_KEY: ' key-1 ' }, { ANTHROPIC_AUTH_TOKEN: 'token-1' }];
    assert.deepEqual(of(key), { kind: 'api-key', secret: 'key-1' });
    assert.deepEqual(of(token), { kind: 'auth-token', secret: 'token-1' });
    assert.deepEqual(of({ ...token, ...key }), { kind: 'api-key', secret: 'key-1' });
    assert.deepEqual(of({ ...token, ANTHROPIC_API_KEY: '' }), { kind: 'auth-token', secret: 'token-1' });
    assert.equal(of({ ANTHROPIC_AUTH_TOKEN: ' ' }), undefined);
  });

  it('is taken out of what is said, token or key', () => {
    assert.deepEqual(secretVariables([claudeProvider]), [
      'ANTHROPIC_API_KEY',
      'CLAUDE_API_KEY',
      'ANTHROPIC_AUTH_TOKEN',
    ]);
    const said = withoutSecrets('token-of-mine and sk-ant-api03-abcdefgh', ['token-of-mine'], [claudeProvider]);
    assert.equal(said, '[key] and [key]');
  });
});

describe('the settings of the extension', () => {
  it('have the efforts that Claude knows', async () => {
    const manifest = JSON.parse(await readFile(new URL('../../../package.json', import.meta.url), 'utf8'));
    const { enum: efforts } = manifest.contributes.configuration.properties['takoss.effort'];
    assert.deepEqual(efforts, ['', ...(claudeProvider.efforts ?? [])]);
  });
});
