import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import Anthropic from '@anthropic-ai/sdk';
import type { Asked } from '../support/model-service/asked.ts';
import { noCredit, overloaded, overloadedAfter, rateLimited, refusedKey } from '../support/model-service/faults.ts';
import { ModelService, type ModelServiceOptions } from '../support/model-service/model-service.ts';
import { endlessFile, files, type Reply, value } from '../support/model-service/replies.ts';

type Parameters = Anthropic.MessageCreateParamsStreaming;

const model = 'claude-sonnet-5-5';
const prefix = 'These are the conventions of the project. '.repeat(200);
const writeFile: Anthropic.Tool = {
  name: 'write_file',
  description: 'Writes a file.',
  input_schema: {
    type: 'object',
    properties: { path: { type: 'string' }, content: { type: 'string' } },
    required: ['path', 'content'],
    additionalProperties: false,
  },
  eager_input_streaming: true,
};
const good: Parameters = {
  model,
  max_tokens: 4000,
  stream: true,
  system: [{ type: 'text', text: prefix, cache_control: { type: 'ephemeral' } }],
  messages: [{ role: 'user', content: 'Write the screen.' }],
  tools: [writeFile],
};
const screen = { path: 'src/client/modules/import/screen.tsx', content: 'export function Screen() {}\n'.repeat(20) };

/** The stand-in for the service is held to what the real one does, so that no test passes by its leniency. */
describe('stand-in for the model service', () => {
  let service: ModelService;
  let client: Anthropic;
  let reply: (asked: Asked) => Reply;

  beforeEach(async () => {
    reply = ({ wantsValue }) => (wantsValue ? value({ name: 'Blog' }) : files([screen], 'One file.'));
    await start();
  });
  afterEach(() => service.stop());

  async function start(options: Partial<ModelServiceOptions> = {}): Promise<void> {
    service = await ModelService.start({ reply: (asked) => reply(asked), ...options });
    client = new Anthropic({ apiKey: service.key, baseURL: service.url, maxRetries: 0 });
  }

  async function restart(options: Partial<ModelServiceOptions>): Promise<void> {
    await service.stop();
    await start(options);
  }

  async function ask(changes: Partial<Parameters> = {}): Promise<Anthropic.RawMessageStreamEvent[]> {
    const events: Anthropic.RawMessageStreamEvent[] = [];
    for await (const event of await client.messages.create({ ...good, ...changes })) events.push(event);
    return events;
  }

  async function refusal(of: Promise<unknown>): Promise<{ status: unknown; type: unknown; message: string }> {
    try {
      await of;
    } catch (error) {
      if (!(error instanceof Anthropic.APIError)) throw error;
      return { status: error.status, type: error.type, message: error.apiMessage ?? error.message };
    }
    throw new Error('It was not refused.');
  }

  /** The body as it is, past everything the SDK checks or adds. */
  async function post(body: unknown, headers: Record<string, string> = {}, path = '/v1/messages'): Promise<Response> {
    return await fetch(`${service.url}${path}`, {
      method: 'POST',
      headers: { 'x-api-key': service.key, 'anthropic-version': '2026-10-21', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  it('streams a message that the SDK puts together', async () => {
    const message = await client.messages.stream({ ...good }).finalMessage();
    assert.equal(message.stop_reason, 'tool_use');
    assert.deepEqual(
      message.content.map((block) => (block.type === 'tool_use' ? block.input : block.type)),
      ['text', screen],
    );
    assert.ok(message.usage.output_tokens > 100);
  });

  it('says request id, rate limits and pings', async () => {
    const { response, request_id } = await client.messages.create(good).withResponse();
    assert.match(request_id ?? '', /^req_/);
    assert.match(response.headers.get('anthropic-ratelimit-requests-remaining') ?? '', /^\d+$/);
    const text = await (await post(good)).text();
    assert.match(text, /event: ping\n/);
  });

  const wrong: Record<string, [changes: Record<string, unknown>, status: number, message: RegExp]> = {
    'no max_tokens': [{ max_tokens: undefined }, 400, /max_tokens: Field required/],
    'max_tokens beyond the model': [{ max_tokens: 200_000 }, 400, /maximum allowed number of output tokens/],
    'an unknown model': [{ model: 'claude-9' }, 404, /model: claude-9/],
    'an unknown field': [{ prompt: 'Hello' }, 400, /prompt: Extra inputs are not permitted/],
    'the deprecated output_format': [{ output_format: {} }, 400, /output_format: Extra inputs/],
    'no messages': [{ messages: [] }, 400, /at least one message/],
    'an empty message': [{ messages: [{ role: 'user', content: '' }] }, 400, /non-empty/],
    'an empty block': [{ system: [{ type: 'text', text: ' ' }] }, 400, /text content blocks must be non-empty/],
    'a thinking budget': [{ thinking: { type: 'enabled', budget_tokens: 2000 } }, 400, /thinking/],
    'thinking switched off': [{ thinking: { type: 'disabled' } }, 400, /thinking/],
    'a temperature': [{ temperature: 0 }, 400, /temperature/],
    'a top_p': [{ top_p: 0.5 }, 400, /top_p/],
    'a top_k': [{ top_k: 5 }, 400, /top_k/],
    'a prefilled answer': [{ messages: [...good.messages, { role: 'assistant', content: '{' }] }, 400, /prefill/],
    'a forced tool': [{ tool_choice: { type: 'tool', name: 'write_file' } }, 400, /tool_choice/],
    'any tool forced': [{ tool_choice: { type: 'any' } }, 400, /tool_choice/],
    'a choice without tools': [{ tools: undefined, tool_choice: { type: 'auto' } }, 400, /tool_choice/],
    'a tool twice': [{ tools: [writeFile, writeFile] }, 400, /unique/],
    'a tool with a bad name': [{ tools: [{ ...writeFile, name: 'write file' }] }, 400, /tools\.0\.name/],
    'a tool without an object': [{ tools: [{ ...writeFile, input_schema: { type: 'string' } }] }, 400, /input_schema/],
    'five cache marks': [
      { system: Array.from({ length: 5 }, () => ({ type: 'text', text: 'a', cache_control: { type: 'ephemeral' } })) },
      400,
      /maximum of 4 blocks/,
    ],
    'an unknown cache mark': [
      { system: [{ type: 'text', text: 'a', cache_control: { type: 'for-ever' } }] },
      400,
      /system\.0\.cache_control/,
    ],
    'a cache mark in a message': [
      { messages: [{ role: 'user', content: 'a', cache_control: { type: 'ephemeral' } }] },
      400,
      /messages\.0\.cache_control: Extra inputs/,
    ],
    'a result of no call': [
      { messages: [{ role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'ok' }] }] },
      400,
      /tool_use_id/,
    ],
  };
  for (const [what, [changes, status, message]] of Object.entries(wrong)) {
    it(`refuses ${what}`, async () => {
      const response = await post({ ...good, ...changes });
      const body = await response.json();
      assert.equal(response.status, status);
      assert.equal(body.type, 'error');
      assert.equal(body.request_id, response.headers.get('request-id'));
      assert.match(body.error.message, message);
      assert.equal(service.charged.input_tokens, 0);
    });
  }

  const object = { type: 'object', additionalProperties: false };
  const many = (count: number, schema: object) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`field${index}`, schema]));
  const wrongSchemas: Record<string, [schema: object, message: RegExp]> = {
    minimum: [{ ...object, properties: { age: { type: 'integer', minimum: 0 } } }, /'minimum' is not supported/],
    maxLength: [{ ...object, properties: { name: { type: 'string', maxLength: 9 } } }, /'maxLength' is not supported/],
    'open objects': [{ type: 'object', properties: {} }, /additionalProperties/],
    'minItems of 2': [{ ...object, properties: { a: { type: 'array', minItems: 2, items: object } } }, /minItems/],
    oneOf: [{ oneOf: [object] }, /'oneOf' is not supported/],
    recursion: [
      {
        ...object,
        properties: { root: { $ref: '#/$defs/node' } },
        required: ['root'],
        $defs: { node: { ...object, properties: { next: { $ref: '#/$defs/node' } }, required: ['next'] } },
      },
      /Circular reference/,
    ],
    '25 optional properties': [{ ...object, properties: many(25, { type: 'string' }) }, /too many optional parameters/],
    'a grammar that is too large': [
      {
        ...object,
        properties: many(20, { type: 'string', description: 'What it means, at some length. '.repeat(6) }),
        required: Object.keys(many(20, {})),
      },
      /compiled grammar is too large/,
    ],
    '17 unions': [
      { ...object, properties: many(17, { type: ['string', 'null'] }), required: Object.keys(many(17, {})) },
      /too many parameters with union types/,
    ],
  };
  for (const [what, [schema, message]] of Object.entries(wrongSchemas)) {
    it(`refuses ${what} in the schema of an answer`, async () => {
      const response = await post({ ...good, output_config: { format: { type: 'json_schema', schema } } });
      assert.equal(response.status, 400);
      assert.match((await response.json()).error.message, message);
    });
  }

  it('refuses a missing and a wrong key, a missing version, a body that is no JSON or too large', async () => {
    const refused = async (response: Response) => [response.status, (await response.json()).error.type];
    const version = { 'anthropic-version': '2026-10-21' };
    const keyless = fetch(`${service.url}/v1/messages`, { method: 'POST', headers: version, body: '{}' });
    assert.deepEqual(await refused(await keyless), [401, 'authentication_error']);
    assert.deepEqual(await refused(await post(good, { 'x-api-key': 'sk-ant-wrong' })), [401, 'authentication_error']);
    const versionless = fetch(`${service.url}/v1/messages`, {
      method: 'POST',
      headers: { 'x-api-key': service.key },
      body: '{}',
    });
    assert.deepEqual(await refused(await versionless), [400, 'invalid_request_error']);
    assert.deepEqual(await refused(await post('{"model":')), [400, 'invalid_request_error']);
    const large = { ...good, system: 'a'.repeat(33 * 1024 * 1024) };
    assert.deepEqual(await refused(await post(large)), [413, 'request_too_large']);
    assert.deepEqual(await refused(await post(good, {}, '/v1/complete')), [404, 'not_found_error']);
  });

  it('accepts what older models accept, in the version of then', async () => {
    const older = { ...good, model: 'claude-haiku-4-5', tool_choice: { type: 'any' }, temperature: 0.5 };
    assert.equal((await post(older, { 'anthropic-version': '2023-06-01' })).status, 200);
    assert.equal((await post(older)).status, 400);
  });

  it('lists its models and counts tokens', async () => {
    const listed = await client.models.list();
    assert.ok(listed.data.some(({ id }) => id === model));
    assert.equal((await client.models.retrieve(model)).max_tokens, 128_000);
    const { stream: _, max_tokens: __, ...counted } = good;
    const { input_tokens } = await client.messages.countTokens(counted);
    await ask();
    const { usage } = service.messages.at(-1) ?? {};
    assert.equal((usage?.input_tokens ?? 0) + (usage?.cache_creation_input_tokens ?? 0), input_tokens);
  });

  it('writes a prefix into the cache and reads it once the first answer has begun', async () => {
    const events = await ask();
    await ask({ messages: [{ role: 'user', content: 'Write another screen.' }] });
    await ask({ system: [{ type: 'text', text: `${prefix} `, cache_control: { type: 'ephemeral' } }] });
    const [first, second, changed] = service.messages.map(({ usage }) => usage);
    assert.ok(first && second && changed);
    assert.ok(first.cache_creation_input_tokens > 2000);
    assert.equal(first.cache_read_input_tokens, 0);
    assert.equal(second.cache_read_input_tokens, first.cache_creation_input_tokens);
    assert.equal(second.cache_creation_input_tokens, 0);
    assert.equal(changed.cache_read_input_tokens, 0, 'one more byte is another prefix');
    const [start] = events;
    assert.equal(
      start?.type === 'message_start' && start.message.usage.cache_creation_input_tokens,
      first.cache_creation_input_tokens,
    );
  });

  it('lets nobody read a prefix before the first answer has begun, and caches none that is too short', async () => {
    await restart({ pace: { firstTokenMs: 500, tokensPerSecond: 10_000 } });
    await Promise.all([ask(), ask()]);
    assert.deepEqual(
      service.messages.map(({ usage }) => usage?.cache_read_input_tokens),
      [0, 0],
    );
    const short = {
      tools: [],
      system: [{ type: 'text' as const, text: 'Be brief.', cache_control: { type: 'ephemeral' as const } }],
    };
    reply = () => ({ text: 'Yes.' });
    await ask(short);
    await ask(short);
    assert.equal(service.messages.at(-1)?.usage?.cache_read_input_tokens, 0);
    assert.equal(service.messages.at(-1)?.usage?.cache_creation_input_tokens, 0);
  });

  it('ends an answer at max_tokens', async () => {
    reply = ({ maxTokens }) => endlessFile(screen.path, maxTokens);
    const message = await client.messages.stream({ ...good, max_tokens: 500 }).finalMessage();
    assert.equal(message.stop_reason, 'max_tokens');
    assert.equal(message.usage.output_tokens, 500);
  });

  it('keeps tool input back until it is whole unless eager streaming was asked for', async () => {
    const deltas = (events: Anthropic.RawMessageStreamEvent[]) =>
      events.filter((event) => event.type === 'content_block_delta' && event.delta.type === 'input_json_delta').length;
    assert.ok(deltas(await ask()) > 20);
    const { eager_input_streaming: _, ...held } = writeFile;
    assert.equal(deltas(await ask({ tools: [held] })), 2);
  });

  it('takes the text of a JSON file for a value, as types are inferred while input streams', async () => {
    reply = () =>
      files([
        { path: 'tables.json', content: '[ {"name": "Run"} ]\n' },
        { path: 'a.ts', content: '[' },
      ]);
    const message = await client.messages.stream(good).finalMessage();
    assert.deepEqual(
      message.content.flatMap((block) => (block.type === 'tool_use' ? [block.input] : [])),
      [
        { path: 'tables.json', content: [{ name: 'Run' }] },
        { path: 'a.ts', content: '[' },
      ],
    );
  });

  it('calls one tool only where more are not allowed', async () => {
    reply = () => files([screen, { path: 'b.ts', content: 'b' }]);
    const calls = (events: Anthropic.RawMessageStreamEvent[]) =>
      events.filter((event) => event.type === 'content_block_start' && event.content_block.type === 'tool_use').length;
    assert.equal(calls(await ask()), 2);
    assert.equal(calls(await ask({ tool_choice: { type: 'auto', disable_parallel_tool_use: true } })), 1);
  });

  it('refuses prompts that are too long for the model, and writes no files without a tool for them', async () => {
    const { tools: _, ...toolless } = good;
    reply = () => files([screen]);
    assert.equal((await post(toolless)).status, 500);
    const system = 'a'.repeat(3_100_000);
    assert.match((await refusal(ask({ system }))).message, /prompt is too long/);
  });

  it('thinks without showing it', async () => {
    reply = () => ({ thinking: 'Which file first? '.repeat(50), text: 'Done.' });
    const deltas = (events: Anthropic.RawMessageStreamEvent[]) =>
      events.flatMap((event) => (event.type === 'content_block_delta' ? [event.delta.type] : []));
    assert.deepEqual([...new Set(deltas(await ask()))], ['signature_delta', 'text_delta']);
    assert.ok((service.messages.at(-1)?.usage?.output_tokens ?? 0) > 250, 'thinking is charged');
    const shown = deltas(await ask({ thinking: { type: 'adaptive', display: 'summarized' } }));
    assert.ok(shown.includes('thinking_delta'));
  });

  it('keeps its pace with twelve answers at once', async function () {
    this.timeout(180_000);
    const pace = { firstTokenMs: 800, tokensPerSecond: 80 };
    const content = 'a'.repeat(3 * 120);
    await restart({ reply: () => files([{ path: 'a', content }]), pace });
    const times = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const startedAt = performance.now();
        let first = 0;
        for await (const _ of await client.messages.create(good)) first ||= performance.now() - startedAt;
        return { first, whole: performance.now() - startedAt };
      }),
    );
    const due = 800 + ((service.charged.output_tokens / 12) * 1000) / 80;
    // Never sooner. How much later is up to the machine; one after another, the last would take twelve times as long.
    for (const { first, whole } of times) {
      assert.ok(first > 795, `first event after ${first} ms`);
      assert.ok(whole > due - 20 && whole < due * 6, `whole after ${whole} ms instead of ${due} ms`);
    }
    assert.equal(service.mostParallel, 12);
  });

  describe('faults', () => {
    it('answers errors as often as it is told to', async () => {
      service.faults.add(refusedKey);
      service.faults.add(noCredit);
      service.faults.add(overloaded);
      service.faults.add(rateLimited(7), { times: 2 });
      assert.deepEqual((await refusal(ask())).type, 'authentication_error');
      assert.match((await refusal(ask())).message, /credit balance is too low/);
      assert.deepEqual((await refusal(ask())).status, 529);
      const limited = await post(good);
      assert.equal(limited.headers.get('retry-after'), '7');
      assert.equal((await refusal(ask())).status, 429);
      assert.ok((await ask()).length > 5);
      assert.equal(service.messages.filter(({ usage }) => usage !== undefined).length, 1, 'errors cost nothing');
    });

    it('chooses the requests that go wrong', async () => {
      service.faults.add(overloaded, { when: ({ task }) => task.includes('another') });
      await ask();
      assert.equal((await refusal(ask({ messages: [{ role: 'user', content: 'another' }] }))).status, 529);
    });

    it('refuses more at once than it is told to', async () => {
      await restart({ reply: () => sleep(500, { text: 'Yes.' }), mostParallel: 2 });
      const statuses = await Promise.all([post(good), post(good), post(good)].map(async (sent) => (await sent).status));
      assert.deepEqual(statuses.sort(), [200, 200, 429]);
    });

    it('resets and refuses connections', async () => {
      service.faults.add({ kind: 'reset' });
      await assert.rejects(ask(), Anthropic.APIConnectionError);
      await service.goAway();
      await assert.rejects(ask(), Anthropic.APIConnectionError);
      await service.comeBack();
      assert.ok((await ask()).length > 5);
    });

    it('cuts the stream after an event', async () => {
      service.faults.add({ kind: 'cut', afterEvents: 12 });
      const seen: unknown[] = [];
      const cut = async () => {
        for await (const event of await client.messages.create(good)) seen.push(event);
      };
      await assert.rejects(cut());
      // The SDK keeps the ping to itself.
      assert.equal(seen.length, 11);
      assert.equal(service.messages[0]?.events, 12);
      assert.equal(service.messages[0]?.isFinished, false);
    });

    it('falls silent, with pings or without', async () => {
      for (const pingEveryMs of [undefined, 20]) {
        service.faults.add({ kind: 'silence', afterEvents: 8, ...(pingEveryMs === undefined ? {} : { pingEveryMs }) });
        const gone = new AbortController();
        const isEnough = () => (text.match(/event: ping/g)?.length ?? 0) > (pingEveryMs === undefined ? 1 : 4);
        let text = '';
        const read = async () => {
          const response = await fetch(`${service.url}/v1/messages`, {
            method: 'POST',
            headers: { 'x-api-key': service.key, 'anthropic-version': '2026-10-21' },
            body: JSON.stringify(good),
            signal: gone.signal,
          });
          // Whoever pings is heard sooner.
          const timer = setTimeout(() => gone.abort(), pingEveryMs === undefined ? 300 : 10_000);
          try {
            for await (const piece of response.body ?? []) {
              text += new TextDecoder().decode(piece);
              if (isEnough()) gone.abort();
            }
          } finally {
            clearTimeout(timer);
          }
        };
        await assert.rejects(read());
        assert.equal(isEnough(), pingEveryMs !== undefined, text);
        assert.match(text, /event: content_block_start/);
        assert.doesNotMatch(text, /event: message_stop/);
      }
    });

    it('keeps an answer back until it is whole', async () => {
      const pace = { firstTokenMs: 50, tokensPerSecond: 200 };
      await restart({ pace });
      service.faults.add({ kind: 'held-back' });
      const began = performance.now();
      const times: number[] = [];
      for await (const _ of await client.messages.create(good)) times.push(performance.now());
      assert.ok(times.length > 20);
      const [first = 0, last = 0] = [times[0], times.at(-1)];
      assert.ok(first - began > 4 * (last - first), `${first - began} ms, and ${last - first} ms more`);
    });

    it('breaks off tool input, ends answers early and reports errors in the stream', async () => {
      service.faults.add({ kind: 'truncated-json', afterDeltas: 5 });
      const events = await ask();
      const json = events
        .map((event) =>
          event.type === 'content_block_delta' && event.delta.type === 'input_json_delta'
            ? event.delta.partial_json
            : '',
        )
        .join('');
      assert.throws(() => JSON.parse(json));
      assert.equal(events.at(-1)?.type, 'message_stop');

      service.faults.add({ kind: 'stop', afterEvents: 10, reason: 'refusal' });
      const end = (await ask()).find((event) => event.type === 'message_delta');
      assert.equal(end?.delta.stop_reason, 'refusal');

      service.faults.add(overloadedAfter(10));
      assert.equal((await refusal(ask())).type, 'overloaded_error');
    });
  });
});
