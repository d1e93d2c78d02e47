import assert from 'node:assert/strict';
import * as z from 'zod';
import { ModelRefusal } from '../../../src/core/model-port.ts';
import {
  apiKey,
  blockStop,
  call,
  claude,
  collect,
  end,
  fakeFetch,
  never,
  prompt,
  start,
  stop,
  streaming,
} from './fake-claude.ts';

const schema = z.object({ name: z.string() });
const thinking = [
  { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } },
  blockStop(0),
];

describe('thinking', () => {
  it('takes the effort that is asked for, beside a schema and with files', async () => {
    const { fetch, requests } = fakeFetch(streaming([start(), end(), stop]));
    const { model } = claude(fetch, { effort: 'low' });
    await collect(model.answer(prompt, schema, { signal: never() }));
    await collect(model.write(prompt, { signal: never() }));
    const [answer, write] = requests.map(({ body }): unknown => body.output_config);
    assert.ok(typeof answer === 'object' && answer !== null && 'format' in answer && 'effort' in answer);
    assert.equal(answer.effort, 'low');
    assert.deepEqual(write, { effort: 'low' });
  });

  it('is not spoken of to a model that is left its own', async () => {
    const { fetch, requests } = fakeFetch(streaming([start(), end(), stop]));
    await collect(claude(fetch).model.write(prompt, { signal: never() }));
    assert.ok(!('output_config' in (requests[0]?.body ?? {})));
  });

  it('is said while nothing else arrives, and counted where the service counts it', async () => {
    const usage = { output_tokens: 90, output_tokens_details: { thinking_tokens: 60 } };
    const events = [start(), ...thinking, ...call(1, { path: 'a', content: 'b' }), { ...end(), usage }, stop];
    const { steps, result } = await collect(
      claude(fakeFetch(streaming(events)).fetch).model.write(prompt, { signal: never() }),
    );
    assert.equal(steps.filter(({ kind }) => kind === 'thinking').length, 1);
    assert.equal(result?.usage.thinkingTokens, 60);
    assert.equal(result?.usage.outputTokens, 90);
  });
});

describe('a refusal', () => {
  for (const [details, area, says] of [
    [
      { category: 'cyber', explanation: 'No.' },
      'cyber security',
      /declined to answer this \(policy area: cyber security\)\. Word/,
    ],
    [{ category: 'new_area' }, 'new area', /\(policy area: new area\)/],
    [{ category: '<b>&' }, undefined, /declined to answer this\. Word/],
    [null, undefined, /declined to answer this\. Word/],
  ] as const) {
    it(`with ${JSON.stringify(details)} is told apart from other failures, with its area`, async () => {
      const events = [start(), end('refusal', 0, { stop_details: details }), stop];
      const { error } = await collect(
        claude(fakeFetch(streaming(events)).fetch).model.write(prompt, { signal: never() }),
      );
      assert.ok(error instanceof ModelRefusal);
      assert.equal(error.category, area);
      assert.match(error.message, says);
    });
  }
});

describe('who pays', () => {
  it('is said by a key or by a token, and what the environment holds is not looked at', async () => {
    const { ANTHROPIC_API_KEY, ANTHROPIC_AUTH_TOKEN } = process.env;
    Object.assign(process.env, {
      ANTHROPIC_API_KEY: 'key-of-environment',
      ANTHROPIC_AUTH_TOKEN: 'token-of-environment',
    });
    try {
      const { fetch, requests } = fakeFetch(streaming([start(), end(), stop]));
      await collect(claude(fetch).model.write(prompt, { signal: never() }));
      const token = { apiKey: undefined, authToken: 'gateway-token-1234' };
      await collect(claude(fetch, token).model.write(prompt, { signal: never() }));
      assert.deepEqual(
        requests.map(({ headers }) => headers.get('authorization')),
        [`Bearer ${apiKey}`, 'Bearer gateway-token-1234'],
      );
      assert.ok(requests.every(({ headers }) => headers.get('x-api-key') === null));
    } finally {
      for (const [name, value] of Object.entries({ ANTHROPIC_API_KEY, ANTHROPIC_AUTH_TOKEN })) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
  });
});
