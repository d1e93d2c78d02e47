import assert from 'node:assert/strict';
import * as z from 'zod';
import { TakossError } from '../../../src/core/errors.ts';
import { TextModel, type TextService } from '../../../src/vscode/lm/text-model.ts';

/** A service that says what a script makes of the messages. */
function service(script: (messages: readonly string[], signal: AbortSignal) => AsyncIterable<string>): TextService {
  return {
    id: 'test/echo',
    maxInputTokens: 50_000,
    send: async (messages, signal) => script(messages, signal),
    count: async (text) => text.length,
  };
}

async function* pieces(...texts: string[]): AsyncIterable<string> {
  for (const text of texts) yield text;
}

async function all<S, R>(steps: AsyncGenerator<S, R, void>): Promise<{ steps: S[]; value: R }> {
  const seen: S[] = [];
  for (;;) {
    const next = await steps.next();
    if (next.done) return { steps: seen, value: next.value };
    seen.push(next.value);
  }
}

const prompt = { prefix: 'Rules.', task: 'Write it.', maxOutputTokens: 1000 };
const running = () => ({ signal: new AbortController().signal });
const schema = z.object({ name: z.string(), count: z.int() });
const codeOf = async (work: Promise<unknown>) =>
  await work.then(
    () => 'none',
    (error: unknown) => (error instanceof TakossError ? error.code : String(error)),
  );

describe('A model that can only be talked to', () => {
  it('is asked for JSON by the schema, and its partial answers are said', async () => {
    let asked: readonly string[] = [];
    const model = new TextModel(
      service((messages) => {
        asked = messages;
        return pieces('```json\n{"name": "Po', 'st", "cou', 'nt": 3}\n```');
      }),
    );
    const { steps, value } = await all(model.answer(prompt, schema, running()));
    assert.deepEqual(value, {
      ok: true,
      value: { name: 'Post', count: 3 },
      usage: { inputTokens: asked.join('\n').length, cachedTokens: 0, cacheWriteTokens: 0, outputTokens: 40 },
    });
    assert.equal(asked[0], 'Rules.', 'the prefix stands alone, byte for byte');
    assert.match(asked[1] ?? '', /^Write it\.[\s\S]*"count":\{"type":"integer"/);
    assert.equal(steps[0]?.kind, 'started');
    assert.deepEqual(
      steps.find(({ kind }) => kind === 'partial'),
      { kind: 'partial', value: { name: 'Po' } },
    );
  });

  it('says where an answer is not of the schema, and when it was cut off', async () => {
    const wrong = await all(new TextModel(service(() => pieces('{"name": 1}'))).answer(prompt, schema, running()));
    assert.ok(!wrong.value.ok && wrong.value.reason === 'schema');
    assert.equal(wrong.value.problems.length, 2);
    assert.match(wrong.value.problems[0] ?? '', /^name: /);
    const cut = await all(new TextModel(service(() => pieces('{"name": "a", "co'))).answer(prompt, schema, running()));
    assert.ok(!cut.value.ok && cut.value.reason === 'length');
    const prose = await all(new TextModel(service(() => pieces('I cannot.'))).answer(prompt, schema, running()));
    assert.ok(!prose.value.ok && prose.value.reason === 'schema');
  });

  it('writes files between the markers it was given', async () => {
    const model = new TextModel(
      service((messages) => {
        const marker = /<<<end (\w+)>>>/.exec(messages[1] ?? '')?.[1];
        return pieces(
          `<<<file ${marker} src/a.ts>>>\nlet `,
          `a;\n<<<end ${marker}>>>\n<<<file ${marker} b.ts>>>\nlet b`,
        );
      }),
    );
    const { steps, value } = await all(model.write(prompt, running()));
    assert.deepEqual(value.files, [{ path: 'src/a.ts', content: 'let a;\n' }]);
    assert.equal(value.stop, 'length', 'the last file was cut off');
    assert.deepEqual(
      steps.filter(({ kind }) => kind !== 'started' && kind !== 'usage'),
      [
        { kind: 'file', file: 0, path: 'src/a.ts' },
        { kind: 'text', file: 0, text: 'let ' },
        { kind: 'text', file: 0, text: 'a;\n' },
        { kind: 'file-end', file: 0 },
        { kind: 'file', file: 1, path: 'b.ts' },
        { kind: 'text', file: 1, text: 'let b' },
      ],
    );
  });

  it('is stopped when its answer never ends', async () => {
    let isStopped = false;
    async function* endless(signal: AbortSignal): AsyncIterable<string> {
      try {
        for (;;) {
          yield 'and so on '.repeat(20);
          await new Promise(setImmediate);
        }
      } finally {
        isStopped = signal.aborted;
      }
    }
    const { value } = await all(new TextModel(service((_, signal) => endless(signal))).write(prompt, running()));
    assert.equal(value.stop, 'length');
    await new Promise(setImmediate);
    assert.ok(isStopped);
  });

  it('that falls silent is given up, before its first word and after it', async () => {
    const quick = { beforeFirstMs: 20, betweenMs: 20 };
    let stopped = 0;
    async function* silent(words: readonly string[], signal: AbortSignal): AsyncIterable<string> {
      yield* words;
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      stopped += 1;
    }
    for (const words of [[], ['{"name"']]) {
      const model = new TextModel(
        service((_, signal) => silent(words, signal)),
        quick,
      );
      assert.equal(await codeOf(all(model.answer(prompt, schema, running()))), 'network');
    }
    await new Promise(setImmediate);
    assert.equal(stopped, 2, 'and the requests are ended');
  });

  it('ends at once when the run is cancelled, even if the service takes that for the end of its answer', async () => {
    const abort = new AbortController();
    async function* obedient(signal: AbortSignal): AsyncIterable<string> {
      yield '{"name": ';
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    }
    const model = new TextModel(service((_, signal) => obedient(signal)));
    setTimeout(() => abort.abort(), 10);
    assert.equal(await codeOf(all(model.answer(prompt, schema, { signal: abort.signal }))), 'cancelled');
  });

  it('ends at once when the run is cancelled, even if the service does not listen', async () => {
    const never = new Promise<never>(() => undefined);
    async function* deaf(words: readonly string[]): AsyncIterable<string> {
      yield* words;
      await never;
    }
    for (const words of [[], ['{"name": ']]) {
      const abort = new AbortController();
      const model = new TextModel(service(() => deaf(words)));
      setTimeout(() => abort.abort(), 10);
      assert.equal(await codeOf(all(model.answer(prompt, schema, { signal: abort.signal }))), 'cancelled');
    }
    const abort = new AbortController();
    const model = new TextModel({ ...service(() => pieces()), send: () => never });
    setTimeout(() => abort.abort(), 10);
    assert.equal(await codeOf(all(model.answer(prompt, schema, { signal: abort.signal }))), 'cancelled');
  });

  it('says what was used before it failed', async () => {
    async function* failing(): AsyncIterable<string> {
      yield 'x'.repeat(320);
      throw new TakossError('network', 'Cut.');
    }
    const steps: unknown[] = [];
    const answer = new TextModel(service(failing)).answer(prompt, schema, running());
    await assert.rejects(async () => {
      for await (const step of answer) steps.push(step);
    }, /Cut/);
    assert.ok(steps.some((step) => JSON.stringify(step).includes('"outputTokens":100')));
  });

  it('that takes no more requests for the moment is asked again, and then given up', async () => {
    let asked = 0;
    const busy = {
      ...service(() => pieces('{"name": "a", "count": 1}')),
      send: async () => {
        asked += 1;
        if (asked < 3) throw new TakossError('rate-limit', 'Not now.');
        return pieces('{"name": "a", "count": 1}');
      },
    };
    const quick = { beforeFirstMs: 1000, betweenMs: 1000, retriesMs: [1, 1] };
    const { steps, value } = await all(new TextModel(busy, quick).answer(prompt, schema, running()));
    assert.ok(value.ok);
    assert.deepEqual(
      steps.filter(({ kind }) => kind === 'waiting'),
      [1, 2].map(() => ({ kind: 'waiting', reason: 'rate-limit', waitMs: 1 })),
    );
    asked = -10;
    assert.equal(await codeOf(all(new TextModel(busy, quick).answer(prompt, schema, running()))), 'rate-limit');
  });

  it('is estimated not far too low', () => {
    const { limits, price, ...model } = new TextModel(service(() => pieces()));
    assert.equal(price, undefined);
    assert.equal(limits.inputTokens, 50_000);
    void model;
    const estimate = (text: string) => new TextModel(service(() => pieces())).estimateTokens(text);
    assert.equal(estimate('x'.repeat(32)), 10);
    assert.equal(estimate('日本語'), 3);
  });
});
