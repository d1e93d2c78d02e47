import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { type ErrorCode, TakossError } from '../../../src/core/errors.ts';
import { checkClaudeKey } from '../../../src/engines/claude/check-key.ts';
import {
  apiKey,
  body,
  call,
  claude,
  collect,
  errorEvent,
  fakeFetch,
  never,
  prompt,
  refusing,
  type SentRequest,
  sse,
  start,
  streamHeaders,
  streaming,
} from './fake-claude.ts';

type Answer = (request: SentRequest) => Response | Promise<Response>;

const networkError = (code: string, message = `connect ${code}`): Answer => {
  return () => {
    throw new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) });
  };
};

const credit =
  'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.';
const limits = 'You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.';

/** What the service answers each time, the code it becomes, words of the sentence, and how often it is sent. */
const cases: readonly (readonly [string, Answer, ErrorCode, RegExp, number])[] = [
  [
    'a refused key',
    refusing(401, 'authentication_error', 'invalid x-api-key'),
    'model-key',
    /does not accept the API key: invalid x-api-key\. Set/,
    1,
  ],
  [
    'a key that may not',
    refusing(403, 'permission_error', 'Not for this model.'),
    'model-key',
    /may not be used for this: Not for this model\. Check/,
    1,
  ],
  ['no credit (400)', refusing(400, 'invalid_request_error', credit), 'model-credit', /Buy credit/, 1],
  ['no credit (402)', refusing(402, 'billing_error', 'Card refused'), 'model-credit', /Card refused\. Buy credit/, 1],
  ['a limit on spending (400)', refusing(400, 'invalid_request_error', limits), 'model-credit', /2026-12-01/, 1],
  [
    'a limit on spending (429)',
    refusing(
      429,
      'rate_limit_error',
      'You have reached your API usage limits',
      {},
      { error_code: 'enforced_spend_limit_reached' },
    ),
    'model-credit',
    /credit/,
    1,
  ],
  [
    'a contract that is used up (429)',
    refusing(429, 'rate_limit_error', 'Contract', {}, { error_code: 'contract_spend_limit_reached' }),
    'model-credit',
    /credit/,
    1,
  ],
  [
    'an organization that keeps browsers away',
    refusing(
      401,
      'authentication_error',
      'CORS requests are not allowed for this Organization because of its settings.',
    ),
    'model-key',
    /does not allow browsers.*Use VS Code on the desktop/,
    1,
  ],
  [
    'an organization that was disabled',
    refusing(400, 'invalid_request_error', 'This organization has been disabled.'),
    'model-key',
    /Set a key of another one/,
    1,
  ],
  [
    'an unknown model',
    refusing(404, 'not_found_error', 'model: claude-nope'),
    'model-unknown',
    /no model “claude-sonnet-5-5”.*Choose another/,
    1,
  ],
  [
    'another server (404)',
    () => new Response('<h1>Not found</h1>', { status: 404 }),
    'network',
    /Check the base URL/,
    1,
  ],
  [
    'another server (200)',
    () => new Response('<h1>Welcome</h1>', { headers: { 'content-type': 'text/html' } }),
    'network',
    /does not answer as the Claude API does. Check the base URL/,
    1,
  ],
  [
    'a redirect',
    () => new Response(null, { status: 307, headers: { location: 'https://elsewhere.example' } }),
    'network',
    /another address/,
    1,
  ],
  [
    'a request that is too long',
    refusing(413, 'request_too_large', 'Request exceeds the maximum size'),
    'model',
    /too long.*Shorten/,
    1,
  ],
  [
    'a request it does not accept',
    refusing(400, 'invalid_request_error', 'temperature: not supported'),
    'model',
    /temperature: not supported\./,
    1,
  ],
  [
    'too many requests',
    refusing(429, 'rate_limit_error', 'Too many requests'),
    'rate-limit',
    /Too many requests\. Try again in a few minutes/,
    4,
  ],
  [
    'an overloaded service',
    refusing(529, 'overloaded_error', 'Overloaded'),
    'model-overloaded',
    /\(529\): Overloaded\. Try again/,
    4,
  ],
  ['a fault of the service', refusing(500, 'api_error', 'Internal server error'), 'model-overloaded', /\(500\)/, 4],
  ['a gateway', () => new Response('<html>Bad gateway</html>', { status: 502 }), 'model-overloaded', /\(502\)/, 4],
  ['a time-out', refusing(408, 'timeout_error', 'Timeout'), 'model-overloaded', /\(408\)/, 4],
  ['a conflict', refusing(409, 'conflict_error', 'Conflict'), 'model-overloaded', /\(409\)/, 4],
  [
    'a fault it says not to repeat',
    refusing(500, 'api_error', 'Broken', { 'x-should-retry': 'false' }),
    'model-overloaded',
    /Broken/,
    1,
  ],
  [
    'no server',
    networkError('ENOTFOUND'),
    'network',
    /api\.anthropic\.com cannot be reached: there is no server of that name\. Check/,
    4,
  ],
  ['a refused connection', networkError('ECONNREFUSED'), 'network', /nothing answers there/, 4],
  ['an unknown failure', networkError('EWHAT'), 'network', /\(EWHAT\)/, 4],
  ['a certificate nobody trusts', networkError('SELF_SIGNED_CERT_IN_CHAIN'), 'network', /certificate/, 1],
  [
    'a stream that begins with an error',
    streaming([errorEvent('overloaded_error', 'Overloaded')]),
    'model-overloaded',
    /\(529\)/,
    4,
  ],
  ['a stream that ends before it begins', streaming([]), 'network', /broke off/, 4],
  ['a stream that is cut before it begins', streaming([], { ending: 'cut' }), 'network', /broke off/, 4],
  [
    'a stream that is no JSON',
    () => new Response('event: message_start\ndata: {nope\n\n', { headers: streamHeaders }),
    'network',
    /broke off/,
    4,
  ],
  [
    'an error within the stream: overloaded',
    streaming([start(), errorEvent('overloaded_error', 'Overloaded')]),
    'model-overloaded',
    /Overloaded/,
    1,
  ],
  [
    'an error within the stream: too many',
    streaming([start(), errorEvent('rate_limit_error', 'Slow down')]),
    'rate-limit',
    /Slow down/,
    1,
  ],
  [
    'an error within the stream: a fault',
    streaming([start(), errorEvent('api_error', 'Oops')]),
    'model-overloaded',
    /Oops/,
    1,
  ],
  [
    'an error within the stream: the key',
    streaming([start(), errorEvent('authentication_error', 'Revoked')]),
    'model-key',
    /Revoked/,
    1,
  ],
  ['a stream that is cut', streaming([start()], { ending: 'cut' }), 'network', /broke off/, 1],
  [
    'an event that cannot be read',
    () =>
      new Response(`${sse([start()])}event: content_block_delta\ndata: {"type":"content_block_delta"}\n\n`, {
        headers: streamHeaders,
      }),
    'network',
    /broke off/,
    1,
  ],
];

const write = async (...answers: Answer[]) => {
  const { fetch, requests } = fakeFetch(...answers);
  const { model, waits } = claude(fetch);
  return { ...(await collect(model.write(prompt, { signal: never() }))), requests, waits };
};

describe('failures of Claude', () => {
  for (const [what, answer, code, words, attempts] of cases) {
    it(`has a code and a sentence for ${what}`, async () => {
      const { error, requests } = await write(answer);
      assert.ok(error instanceof TakossError, inspect(error));
      assert.equal(error.code, code, error.message);
      assert.match(error.message, words);
      assert.match(error.message, /\.$/);
      assert.equal(requests.length, attempts);
    });
  }

  it('asks for a key where there is none', async () => {
    for (const key of ['', '  ', 'sk-ant-\nsecret', 'sk-ant-schlüssel']) {
      const { fetch, requests } = fakeFetch(streaming([]));
      const { error } = await collect(claude(fetch, { apiKey: key }).model.write(prompt, { signal: never() }));
      assert.ok(error instanceof TakossError);
      assert.equal(error.code, 'model-key');
      assert.doesNotMatch(error.message, /sk-ant/);
      assert.equal(requests.length, 0);
    }
  });

  it('says that a base URL is none', async () => {
    for (const baseUrl of ['nowhere', 'file:///etc', 'https://']) {
      const { error } = await collect(
        claude(fakeFetch(streaming([])).fetch, { baseUrl }).model.write(prompt, { signal: never() }),
      );
      assert.ok(error instanceof TakossError);
      assert.equal(error.code, 'network');
    }
  });

  it('asks at the same address whether or not the version stands at the end of the base URL', async () => {
    for (const baseUrl of [
      'https://claude.example/api',
      'https://claude.example/api/',
      'https://claude.example/api/v1/',
    ]) {
      const { fetch, requests } = fakeFetch(streaming([]));
      await collect(claude(fetch, { baseUrl }).model.write(prompt, { signal: never() }));
      assert.equal(requests[0]?.url, 'https://claude.example/api/v1/messages');
    }
  });

  it('says what was used before an answer broke off', async () => {
    const { steps } = await write(
      streaming([start(), ...call(0, { path: 'a.ts', content: 'x'.repeat(600) })], { ending: 'cut' }),
    );
    const last = steps.at(-1);
    assert.ok(last?.kind === 'usage');
    assert.ok(last.usage.outputTokens > 150, `${last.usage.outputTokens}`);
    assert.equal(last.usage.inputTokens, 12);
  });

  it('never lets the key out', async () => {
    const told = `Bad key ${apiKey}; sent x-api-key: ${apiKey}, authorization: Bearer ${apiKey}, and sk-ant-api03-other`;
    const answers: Answer[] = [
      ...cases.map(([, answer]) => answer),
      ...[400, 401, 403, 404, 413, 418, 429, 500, 529].map((status) =>
        refusing(status, 'any_error', told, { 'x-key': apiKey }),
      ),
      refusing(404, 'not_found_error', told),
      networkError('ECONNRESET', told),
      () => {
        throw new TypeError(told);
      },
      streaming([start(), errorEvent('overloaded_error', told)]),
      () =>
        new Response(body([`data: ${told}\n\nevent: message_start\ndata: ${told}\n\n`]), { headers: streamHeaders }),
      () => new Response(told, { status: 500 }),
    ];
    for (const answer of answers) {
      const { steps, error } = await write(answer);
      const all = inspect({ steps, error }, { depth: 20, showHidden: true, getters: true });
      assert.ok(!all.includes(apiKey) && !all.includes('SECRET') && !all.includes('sk-ant-api03-other'), all);
    }
  });

  it('prints nothing', async () => {
    const printed: unknown[] = [];
    const { log, warn, error, debug, info } = console;
    const print = (...words: unknown[]): void => {
      printed.push(words);
    };
    Object.assign(console, { log: print, warn: print, error: print, debug: print, info: print });
    try {
      for (const [, answer] of cases) await write(answer);
    } finally {
      Object.assign(console, { log, warn, error, debug, info });
    }
    assert.deepEqual(printed, []);
  });
});

describe('checking a key for Claude', () => {
  const check = (answer: Answer, key = apiKey, baseUrl?: string) =>
    checkClaudeKey({ apiKey: key, baseUrl, fetch: fakeFetch(answer).fetch }, { signal: never() });
  const listed: Answer = () => Response.json({ data: [], has_more: false, first_id: null, last_id: null });

  it('takes a key that the service takes', async () => {
    assert.equal(await check(listed), undefined);
  });

  it('says why a key is not taken, without the key', async () => {
    for (const [answer, key, baseUrl, code] of [
      [refusing(401, 'authentication_error', `no ${apiKey}`), apiKey, undefined, 'model-key'],
      [listed, 'sk-ant-\u00e9', undefined, 'model-key'],
      [listed, '', undefined, 'model-key'],
      [listed, apiKey, 'nowhere', 'network'],
      [networkError('ENOTFOUND'), apiKey, undefined, 'network'],
      [refusing(529, 'overloaded_error', 'Overloaded'), apiKey, undefined, 'model-overloaded'],
    ] as const) {
      const error = await check(answer, key, baseUrl);
      assert.equal(error?.code, code);
      assert.ok(!inspect(error, { depth: 9, showHidden: true }).includes('sk-ant-'));
    }
  });
});
