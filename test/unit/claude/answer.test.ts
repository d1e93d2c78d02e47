import assert from 'node:assert/strict';
import * as z from 'zod';
import { TakossError } from '../../../src/core/errors.ts';
import { outputFormat } from '../../../src/engines/claude/answer-schema.ts';
import { draftSchemaFor } from '../../../src/engines/model/analysis/draft.ts';
import { fieldTypes } from '../../../src/field-types/catalog.ts';
import { outputSchemaProblem } from '../../support/model-service/output-schema-rules.ts';
import {
  body,
  claude,
  collect,
  cpuTime,
  end,
  fakeFetch,
  never,
  prompt,
  refusing,
  saying,
  sse,
  start,
  stop,
  streamHeaders,
  streaming,
  text,
  textStart,
} from './fake-claude.ts';

const schema = z.object({
  entities: z
    .array(
      z.object({
        name: z
          .string()
          .min(1)
          .regex(/^[A-Z]/),
        kind: z.enum(['main', 'part']).describe('One of ours'),
      }),
    )
    .max(3),
  note: z.string().optional(),
});
const value = { entities: [{ name: 'Post', kind: 'main' as const }], note: 'é 👩‍👧' };

const ask = async (fetch: typeof globalThis.fetch) =>
  collect(claude(fetch).model.answer(prompt, schema, { signal: never() }));

describe('asking Claude for a value', () => {
  it('returns the value of the schema', async () => {
    const { fetch } = fakeFetch(streaming(saying(JSON.stringify(value))));
    const { steps, result } = await ask(fetch);
    assert.deepEqual(result, {
      ok: true,
      value,
      usage: { inputTokens: 12, cachedTokens: 300, cacheWriteTokens: 40, outputTokens: 77 },
    });
    assert.equal(steps[0]?.kind, 'started');
  });

  it('asks the API to keep to the schema, in the words it knows', async () => {
    const { fetch, requests } = fakeFetch(streaming(saying(JSON.stringify(value))));
    await ask(fetch);
    const { output_config, ...rest } = requests[0]?.body ?? {};
    assert.deepEqual(Object.keys(rest).toSorted(), ['max_tokens', 'messages', 'model', 'stream', 'system']);
    const shape = JSON.stringify(output_config);
    const format = z
      .object({ format: z.object({ type: z.literal('json_schema'), schema: z.looseObject({}) }) })
      .parse(output_config);
    assert.equal(format.format.schema.additionalProperties, false);
    // Bounds and descriptions are no part of the grammar: they are said in words, which the cache keeps.
    assert.doesNotMatch(shape, /maxItems|description|One of ours/);
    const [system] = z.tuple([z.looseObject({ text: z.string(), cache_control: z.object({}) })]).parse(rest.system);
    assert.ok(system.text.startsWith('Rules\n\n'));
    assert.match(system.text, /- entities: .*maxItems: 3/);
    assert.match(system.text, /- entities\[\]\.kind: One of ours/);
  });

  it('keeps members that are called as the words of schemas are', async () => {
    const odd = z.object({
      description: z.string().describe('Short'),
      properties: z.object({ description: z.null() }),
    });
    const answer = { description: 'x', properties: { description: null } };
    const { fetch, requests } = fakeFetch(streaming(saying(JSON.stringify(answer))));
    const { result } = await collect(claude(fetch).model.answer(prompt, odd, { signal: never() }));
    assert.ok(result?.ok);
    const output = z.object({ format: z.object({ schema: z.unknown() }) }).parse(requests[0]?.body.output_config);
    const closed = { type: 'object', additionalProperties: false };
    assert.deepEqual(output.format.schema, {
      ...closed,
      properties: {
        description: { type: 'string' },
        properties: { ...closed, properties: { description: { type: 'null' } }, required: ['description'] },
      },
      required: ['description', 'properties'],
    });
  });

  it('asks for the analysis by a schema that the API takes', () => {
    const { schema: draft } = outputFormat(draftSchemaFor(fieldTypes.specs));
    assert.equal(outputSchemaProblem([draft]), undefined);
  });

  it('says what the value is so far, at most ten times a second', async () => {
    const entities = Array.from({ length: 40 }, (_, index) => ({ name: `Entity${index}`, kind: 'part' }));
    const pieces = saying(JSON.stringify({ entities }), 40).map((event) => sse([event]));
    const slow = body(pieces).pipeThrough(
      new TransformStream({
        transform: async (piece, controller) => {
          await new Promise((resolve) => setTimeout(resolve, 15));
          controller.enqueue(piece);
        },
      }),
    );
    const { fetch } = fakeFetch(() => new Response(slow, { headers: streamHeaders }));
    const started = performance.now();
    const { steps } = await ask(fetch);
    const tenths = (performance.now() - started) / 100;
    const counts = steps.flatMap((step) =>
      step.kind === 'partial'
        ? [
            z
              .object({ entities: z.array(z.unknown()) })
              .partial()
              .parse(step.value).entities?.length ?? 0,
          ]
        : [],
    );
    assert.ok(counts.length >= 3 && counts.length <= tenths + 1, `${counts.length} in ${tenths}`);
    assert.deepEqual(
      counts,
      counts.toSorted((a, b) => a - b),
    );
    assert.ok((counts.at(-1) ?? 0) > 10);
  });

  it('reads a long answer in a time that grows with its length', async () => {
    const time = async (count: number): Promise<number> => {
      const long = JSON.stringify({ entities: [], note: 'word '.repeat(count) });
      const { model } = claude(fakeFetch(streaming(saying(long, 5))).fetch);
      const { result, cpuMs } = await cpuTime(() =>
        collect(model.answer({ ...prompt, maxOutputTokens: 100_000 }, schema, { signal: never() })),
      );
      assert.equal(result?.ok, true);
      return cpuMs;
    };
    await time(5000);
    const quarter = await time(25_000);
    const whole = await time(100_000);
    assert.ok(whole < 10 * quarter, `${Math.round(quarter)} ms, ${Math.round(whole)} ms`);
  }).timeout(180_000);

  it('says where an answer is not of the schema, a sentence each', async () => {
    const wrong = { entities: [{ name: 'post', kind: 'main' }, { name: 'User', kind: 'whole' }, { kind: 'part' }] };
    const { result } = await ask(fakeFetch(streaming(saying(JSON.stringify(wrong)))).fetch);
    assert.ok(result?.ok === false && result.reason === 'schema');
    assert.equal(result.text, JSON.stringify(wrong));
    assert.deepEqual(
      result.problems.map((problem) => problem.split(':')[0]),
      ['entities[0].name', 'entities[1].kind', 'entities[2].name'],
    );
    assert.ok(result.problems.every((problem) => problem.endsWith('.')));
  });

  it('says where the alternative that fits best does not fit', async () => {
    const union = z.object({
      item: z.union([z.object({ a: z.string(), b: z.string() }), z.object({ c: z.number() })]),
    });
    const { fetch } = fakeFetch(streaming(saying('{"item":{"a":1,"b":2}}')));
    const { result } = await collect(claude(fetch).model.answer(prompt, union, { signal: never() }));
    assert.ok(result?.ok === false);
    assert.deepEqual(
      result.problems.map((problem) => problem.split(':')[0]),
      ['item.c'],
    );
  });

  for (const [what, said] of [
    ['words', 'I cannot do that.'],
    ['JSON that is cut', '{"entities":[{"name":"Po'],
    ['nothing', ''],
  ] as const) {
    it(`does not take ${what} for a value`, async () => {
      const { result } = await ask(fakeFetch(streaming(saying(said))).fetch);
      assert.ok(result?.ok === false && result.reason === 'schema');
      assert.match(result.problems[0] ?? '', /^The answer is not valid JSON: /);
      assert.equal(result.text, said);
    });
  }

  it('says that an answer was cut off at its limit, even where it could be read', async () => {
    const events = [start(), textStart(), text(JSON.stringify(value)), end('max_tokens'), stop];
    const { result } = await ask(fakeFetch(streaming(events)).fetch);
    assert.ok(result?.ok === false);
    assert.equal(result.reason, 'length');
    assert.equal(result.problems.length, 1);
  });

  it('describes the schema in the prompt where the API does not take it', async () => {
    const { fetch, requests } = fakeFetch(
      refusing(
        400,
        'invalid_request_error',
        'The compiled grammar is too large, which would cause performance issues.',
      ),
      streaming(saying(`\`\`\`json\n${JSON.stringify(value)}\n\`\`\``)),
    );
    const { result } = await ask(fetch);
    assert.ok(result?.ok);
    assert.deepEqual(result.value, value);
    assert.equal(requests[1]?.body.output_config, undefined);
    assert.match(JSON.stringify(requests[1]?.body.messages), /Write it.*JSON Schema.*entities/);
    assert.deepEqual(requests[1]?.body.system, requests[0]?.body.system);
  });

  it('does not ask by a schema again that was refused, but by others', async () => {
    const { fetch, requests } = fakeFetch(
      refusing(400, 'invalid_request_error', 'Schema is too complex for compilation.'),
      streaming(saying(JSON.stringify(value))),
    );
    const { model } = claude(fetch);
    for (let count = 0; count < 2; count += 1) {
      const { result } = await collect(model.answer(prompt, schema, { signal: never() }));
      assert.ok(result?.ok);
    }
    await collect(model.answer(prompt, z.object({ note: z.string() }), { signal: never() }));
    assert.deepEqual(
      requests.map(({ body }) => body.output_config !== undefined),
      [true, false, false, true],
    );
  });

  for (const message of [
    'The compiled grammar is too large, which would cause performance issues.',
    'Schemas contains too many optional parameters (25), which would make grammar compilation inefficient.',
    'Schema is too complex for compilation.',
    "'claude-opus-4-1' does not support output format.",
    'output_config: Extra inputs are not permitted',
    'Structured outputs are not available for this model.',
  ]) {
    it(`goes without the schema where the API says: ${message}`, async () => {
      const refusal = refusing(400, 'invalid_request_error', message);
      const { fetch, requests } = fakeFetch(refusal, streaming(saying(JSON.stringify(value))));
      const { result } = await ask(fetch);
      assert.ok(result?.ok);
      assert.equal(requests.length, 2);
    });
  }

  for (const [status, type, message] of [
    [400, 'invalid_request_error', 'prompt is too long: 1000001 tokens > 1000000 maximum'],
    [400, 'invalid_request_error', 'thinking.type: "enabled" is not supported by this model'],
    [400, 'invalid_request_error', 'Your credit balance is too low to access the Anthropic API.'],
    [404, 'not_found_error', 'model: claude-schema-1'],
  ] as const) {
    it(`does not ask again where the API says: ${message}`, async () => {
      const { fetch, requests } = fakeFetch(refusing(status, type, message));
      const { error } = await ask(fetch);
      assert.ok(error instanceof TakossError);
      assert.equal(requests.length, 1);
    });
  }

  it('says what a value is so far where words and a fence stand before it', async () => {
    const said = `Sentences [0] to [2] ask for {two} entities:\n\n\`\`\`json\n${JSON.stringify(value, undefined, 2)}\n\`\`\`\nThat is {"all": true}.`;
    const { steps, result } = await ask(fakeFetch(streaming(saying(said, 1))).fetch);
    assert.ok(result?.ok);
    assert.deepEqual(result.value, value);
    const partials = steps.flatMap((step) => (step.kind === 'partial' ? [step.value] : []));
    assert.ok(partials.every((partial) => JSON.stringify(partial).startsWith('{')));
  });

  it('fails where the model declines', async () => {
    const events = [
      start(),
      end('refusal', 0, { stop_details: { type: 'refusal', category: 'cyber', explanation: 'No.' } }),
      stop,
    ];
    const { error } = await ask(fakeFetch(streaming(events)).fetch);
    assert.ok(error instanceof TakossError);
    assert.equal(error.code, 'model');
    assert.match(error.message, /declined/);
  });
});
