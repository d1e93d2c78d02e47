import assert from 'node:assert/strict';
import * as z from 'zod';
import { TakossError } from '../../../src/core/errors.ts';
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
        kind: z.enum(['main', 'part']),
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
    const words = JSON.stringify(output_config);
    const format = z
      .object({ format: z.object({ type: z.literal('json_schema'), schema: z.looseObject({}) }) })
      .parse(output_config);
    assert.equal(format.format.schema.additionalProperties, false);
    // Bounds are no part of the grammar: they are said in words.
    assert.doesNotMatch(words, /"(pattern|minLength|maxItems)":/);
    assert.match(words, /maxItems: 3/);
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
  }).timeout(60_000);

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
