import assert from 'node:assert/strict';
import { TakossError } from '../../../src/core/errors.ts';
import type { WriteStep } from '../../../src/core/model-port.ts';
import {
  blockStop,
  body,
  call,
  callStart,
  claude,
  collect,
  cpuTime,
  end,
  fakeFetch,
  json,
  never,
  ping,
  prompt,
  refusing,
  sse,
  start,
  stop,
  streamHeaders,
  streaming,
  text,
  textStart,
} from './fake-claude.ts';

const tricky = 'const s = "a\\tb";\n// “quotes” \\ / é 日本 👩‍👩‍👧 𝒳\u0000\u2028\r\n';
const answer = [
  start(),
  ping,
  textStart(0),
  text('I will write two files.', 0),
  blockStop(0),
  ...call(1, { path: 'src/a.ts', content: tricky }, 3),
  ...call(2, { path: 'src/b.ts', content: 'b' }),
  end('tool_use'),
  stop,
];

const write = async (fetch: typeof globalThis.fetch) => collect(claude(fetch).model.write(prompt, { signal: never() }));

/** The files as far as steps told them: whole or not. */
function told(steps: readonly WriteStep[]): { path: string; content: string; isWhole: boolean }[] {
  const files: { path: string; content: string; isWhole: boolean }[] = [];
  for (const step of steps) {
    if (step.kind === 'file') {
      assert.equal(step.file, files.length);
      files.push({ path: step.path, content: '', isWhole: false });
    }
    const file = 'file' in step ? files[step.file] : undefined;
    if (step.kind === 'text' && file) {
      assert.ok(!/[\ud800-\udbff]$/.test(step.text), 'a piece ends within a character');
      file.content += step.text;
    }
    if (step.kind === 'file-end' && file) file.isWhole = true;
  }
  return files;
}

describe('writing files with Claude', () => {
  it('streams the files of one answer and returns them whole', async () => {
    const { steps, result } = await write(fakeFetch(streaming(answer)).fetch);
    assert.deepEqual(result, {
      usage: { inputTokens: 12, cachedTokens: 300, cacheWriteTokens: 40, outputTokens: 77 },
      stop: 'paused',
      files: [
        { path: 'src/a.ts', content: tricky },
        { path: 'src/b.ts', content: 'b' },
      ],
      remarks: 'I will write two files.',
    });
    assert.deepEqual(told(steps), [
      { path: 'src/a.ts', content: tricky, isWhole: true },
      { path: 'src/b.ts', content: 'b', isWhole: true },
    ]);
    assert.deepEqual(
      steps.filter(({ kind }) => kind === 'started' || kind === 'usage'),
      [
        { kind: 'started' },
        { kind: 'usage', usage: { inputTokens: 12, cachedTokens: 300, cacheWriteTokens: 40, outputTokens: 1 } },
        { kind: 'usage', usage: { inputTokens: 12, cachedTokens: 300, cacheWriteTokens: 40, outputTokens: 77 } },
      ],
    );
  });

  it('asks as the newest models want to be asked', async () => {
    const { fetch, requests } = fakeFetch(streaming(answer));
    await write(fetch);
    const [request] = requests;
    assert.equal(request?.url, 'https://api.anthropic.com/v1/messages');
    const { tools, ...rest } = request?.body ?? {};
    assert.deepEqual(rest, {
      model: 'claude-sonnet-5-5',
      max_tokens: 4096,
      stream: true,
      system: [{ type: 'text', text: 'Rules', cache_control: { type: 'ephemeral' } }],
      messages: [{ role: 'user', content: 'Write it' }],
      tool_choice: { type: 'auto' },
    });
    assert.ok(Array.isArray(tools) && tools.length === 1);
    assert.equal(tools[0].name, 'write_file');
    assert.equal(tools[0].eager_input_streaming, true);
  });

  it('asks for as much as the model may write, where that is less than is known here', async () => {
    const refusal = 'max_tokens: 4096 > 1024, which is the maximum allowed number of output tokens for claude-old';
    const { fetch, requests } = fakeFetch(refusing(400, 'invalid_request_error', refusal), streaming(answer));
    const { result } = await write(fetch);
    assert.equal(result?.files.length, 2);
    assert.deepEqual(
      requests.map(({ body: { max_tokens } }) => max_tokens),
      [4096, 1024],
    );
    const stubborn = fakeFetch(refusing(400, 'invalid_request_error', refusal));
    const { error } = await write(stubborn.fetch);
    assert.ok(error instanceof TakossError && error.code === 'model');
    assert.equal(stubborn.requests.length, 2);
  });

  it('asks without eager streaming where a proxy does not know it', async () => {
    const refusal = 'tools.0.custom.eager_input_streaming: Extra inputs are not permitted';
    const { fetch, requests } = fakeFetch(refusing(400, 'invalid_request_error', refusal), streaming(answer));
    const { result } = await write(fetch);
    assert.equal(result?.files.length, 2);
    assert.deepEqual(
      requests.map(({ body: { tools } }) => JSON.stringify(tools).includes('eager_input_streaming')),
      [true, false],
    );
  });

  it('remembers what was refused', async () => {
    const { fetch, requests } = fakeFetch(
      refusing(400, 'invalid_request_error', 'max_tokens: 4096 > 1024, which is the maximum'),
      refusing(400, 'invalid_request_error', 'tools.0.custom.eager_input_streaming: Extra inputs are not permitted'),
      streaming(answer),
      streaming(answer),
    );
    const { model } = claude(fetch);
    await collect(model.write(prompt, { signal: never() }));
    await collect(model.write(prompt, { signal: never() }));
    assert.deepEqual(
      requests.map(({ body }) => [body.max_tokens, JSON.stringify(body.tools).includes('eager_input_streaming')]),
      [
        [4096, true],
        [1024, true],
        [1024, false],
        [1024, false],
      ],
    );
  });

  it('counts what is thought unseen, until the service says what it was', async () => {
    const thinking = { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '' } };
    const thinkFor = async (ms: number, rest: string, ending: 'end' | 'cut') => {
      const source = body([sse([start(), thinking]), rest], ending).pipeThrough(
        new TransformStream({
          transform: async (piece, controller) => {
            controller.enqueue(piece);
            await new Promise((resolve) => setTimeout(resolve, ms));
          },
        }),
      );
      return await write(fakeFetch(() => new Response(source, { headers: streamHeaders })).fetch);
    };
    const outputOf = (steps: readonly WriteStep[]): number =>
      Math.max(...steps.map((step) => (step.kind === 'usage' ? step.usage.outputTokens : 0)));
    const cut = await thinkFor(300, sse([ping]), 'cut');
    assert.ok(cut.error instanceof TakossError);
    // A tenth of a token in a ms.
    assert.ok(outputOf(cut.steps) >= 30, `${outputOf(cut.steps)} tokens`);
    const whole = await thinkFor(300, sse([blockStop(0), end('end_turn', 5), stop]), 'end');
    assert.equal(whole.result?.usage.outputTokens, 5);
  });

  it('reads a file that is cut at any byte', async () => {
    const events = [start(), ...call(0, { path: 'a.ts', content: '"\\é日👩\u200d👧"\n' }, 6), end(), stop];
    const bytes = new TextEncoder().encode(sse(events));
    for (let at = 1; at < bytes.length; at += 1) {
      const pieces = [bytes.subarray(0, at), bytes.subarray(at)];
      const { result } = await write(fakeFetch(() => new Response(body(pieces), { headers: streamHeaders })).fetch);
      assert.equal(result?.files[0]?.content, '"\\é日👩\u200d👧"\n', `cut at byte ${at}`);
    }
  }).timeout(180_000);

  it('reads an answer that comes byte by byte', async () => {
    const bytes = new TextEncoder().encode(sse(answer));
    const pieces = Array.from(bytes, (_, at) => bytes.subarray(at, at + 1));
    const { result } = await write(fakeFetch(() => new Response(body(pieces), { headers: streamHeaders })).fetch);
    assert.equal(result?.files[0]?.content, tricky);
  });

  it('keeps whole files whole and the cut one without an end, wherever a stream breaks off', async () => {
    for (let count = 0; count < answer.length; count += 1) {
      for (const ending of ['end', 'cut'] as const) {
        const { steps, error } = await write(fakeFetch(streaming(answer.slice(0, count), { ending })).fetch);
        assert.ok(error instanceof TakossError, `after ${count} events`);
        assert.equal(error.code, 'network');
        const files = told(steps);
        assert.ok(files.every(({ isWhole, content }) => !isWhole || content === tricky || content === 'b'));
        assert.equal(files.filter(({ isWhole }) => isWhole).length, wholeAfter(count));
      }
    }
  });

  it('tells the path first where the model wrote the content first', async () => {
    const events = [start(), ...call(0, { content: tricky, path: 'late.ts' }, 2), end(), stop];
    const { steps, result } = await write(fakeFetch(streaming(events)).fetch);
    assert.deepEqual(told(steps), [{ path: 'late.ts', content: tricky, isWhole: true }]);
    assert.deepEqual(result?.files, [{ path: 'late.ts', content: tricky }]);
  });

  for (const [what, input] of [
    ['ends early', '{"path":"a.ts","content":"x"'],
    ['ends within a string', '{"path":"a.ts","content":"x'],
    ['has a line break in a string', '{"path":"a.ts","content":"x\ny"}'],
    ['has an escape that there is not', '{"path":"a.ts","content":"\\x41"}'],
    ['has a broken \\u escape', '{"path":"a.ts","content":"\\u00zz"}'],
    ['says something twice', '{"path":"a.ts","content":"x","content":"y"}'],
    ['goes on after its end', '{"path":"a.ts","content":"x"}}'],
    ['has no content', '{"path":"a.ts"}'],
    ['has content that is a number', '{"path":"a.ts","content":1}'],
    ['has content that is broken JSON', '{"path":"a.json","content":{"lines":1,}}'],
    ['has no path', '{"content":"x"}'],
    ['is nothing', ''],
  ] as const) {
    it(`does not end a file whose call ${what}, and goes on with the next`, async () => {
      const events = [start(), ...call(0, input), ...call(1, { path: 'b.ts', content: 'b' }), end('tool_use'), stop];
      const { steps, result } = await write(fakeFetch(streaming(events)).fetch);
      assert.deepEqual(result?.files, [{ path: 'b.ts', content: 'b' }]);
      assert.deepEqual(
        told(steps).filter(({ isWhole }) => isWhole),
        [{ path: 'b.ts', content: 'b', isWhole: true }],
      );
    });
  }

  it('takes the JSON of a file for its text where the service takes it for a value', async () => {
    // As it comes with eager streaming, which infers types: not as a string.
    const tables = '[\n  { "name": "Run \\"1\\" }]", "fields": [{ "type": "text" }] }\n]';
    const input = `{"path": "tables.json", "content": ${tables}}`;
    for (const length of [1, 7, 1000]) {
      const events = [start(), ...call(0, input, length), ...call(1, { path: 'b.ts', content: 'b' }), end(), stop];
      const { steps, result } = await write(fakeFetch(streaming(events)).fetch);
      assert.deepEqual(result?.files, [
        { path: 'tables.json', content: tables },
        { path: 'b.ts', content: 'b' },
      ]);
      assert.deepEqual(told(steps)[0], { path: 'tables.json', content: tables, isWhole: true });
    }
  });

  it('says whether the model was done, or waits to hear of its files', async () => {
    for (const [reason, stopped] of [
      ['end_turn', 'end'],
      ['tool_use', 'paused'],
    ] as const) {
      const events = [start(), ...call(0, { path: 'b.ts', content: 'b' }), end(reason), stop];
      const { result } = await write(fakeFetch(streaming(events)).fetch);
      assert.equal(result?.stop, stopped, reason);
    }
  });

  it('takes an empty file for whole', async () => {
    const events = [start(), ...call(0, { path: 'empty.ts', content: '' }), end(), stop];
    const { result } = await write(fakeFetch(streaming(events)).fetch);
    assert.deepEqual(result?.files, [{ path: 'empty.ts', content: '' }]);
  });

  it('takes a call that comes whole with its beginning', async () => {
    const events = [start(), callStart(0, { path: 'a.ts', content: 'a' }), blockStop(0), end(), stop];
    const { result } = await write(fakeFetch(streaming(events)).fetch);
    assert.deepEqual(result?.files, [{ path: 'a.ts', content: 'a' }]);
  });

  for (const reason of ['max_tokens', 'model_context_window_exceeded']) {
    it(`says that an answer ran into its limit (${reason}), without the file that was cut off`, async () => {
      const cut = [callStart(1), json(1, '{"path":"b.ts","content":"half'), blockStop(1)];
      const events = [start(), ...call(0, { path: 'a.ts', content: 'a' }), ...cut, end(reason), stop];
      const { steps, result } = await write(fakeFetch(streaming(events)).fetch);
      assert.equal(result?.stop, 'length');
      assert.deepEqual(result?.files, [{ path: 'a.ts', content: 'a' }]);
      assert.deepEqual(told(steps)[1], { path: 'b.ts', content: 'half', isWhole: false });
    });
  }

  it('leaves out what it does not know: blocks, deltas and events of kinds to come', async () => {
    const events = [
      start(),
      { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'Hm.' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 'abc' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'new_delta', text: null, thinking: 4 } },
      blockStop(0),
      { type: 'content_block_start', index: 3, content_block: { type: 'new_block', text: null, name: { of: 'x' } } },
      { type: 'content_block_delta', index: 3, delta: { type: 'citations_delta', citation: { url: 'x' } } },
      blockStop(3),
      { type: 'new_event', index: 'x' },
      { type: 'content_block_start', index: 1, content_block: { type: 'tool_use', id: 't', name: 'other', input: {} } },
      json(1, '{"path":"x","content":"y"}'),
      blockStop(1),
      ...call(2, { path: 'a.ts', content: 'a' }),
      end(),
      stop,
    ];
    const { result } = await write(fakeFetch(streaming(events)).fetch);
    assert.deepEqual(result?.files, [{ path: 'a.ts', content: 'a' }]);
    assert.equal(result?.remarks, '');
  });

  it('ends an answer that does not keep to its limit', async () => {
    const endless = Array.from({ length: 400 }, () => json(0, 'x'.repeat(1024)));
    const events = [start(), callStart(0), json(0, '{"path":"a.ts","content":"'), ...endless];
    const { fetch, requests } = fakeFetch(streaming(events, { ending: 'open' }));
    const { error } = await write(fetch);
    assert.ok(error instanceof TakossError);
    assert.equal(error.code, 'model');
    assert.equal(requests[0]?.signal?.aborted, true);
  });

  it('takes time in proportion to a file: a megabyte in small pieces', async () => {
    const time = async (length: number): Promise<number> => {
      const content = 'const a = "x\\n"; // 👩‍👧\n'.repeat(Math.ceil(length / 25));
      const events = [start(), ...call(0, { path: 'a.ts', content }, 12), end(), stop];
      const pieces = events.map((event) => sse([event]));
      const { fetch } = fakeFetch(() => new Response(body(pieces), { headers: streamHeaders }));
      const { model } = claude(fetch);
      const { result, cpuMs } = await cpuTime(() =>
        collect(model.write({ ...prompt, maxOutputTokens: 100_000 }, { signal: never() })),
      );
      assert.equal(result?.files[0]?.content, content);
      return cpuMs;
    };
    await time(50_000);
    const quarter = await time(250_000);
    const whole = await time(1_000_000);
    assert.ok(whole < 8 * quarter, `${Math.round(quarter)} ms for 250 kB, ${Math.round(whole)} ms for 1 MB`);
  }).timeout(180_000);
});

/** Files that have ended within the first events of the answer. */
function wholeAfter(count: number): number {
  return answer.slice(0, count).filter(({ type, index }) => type === 'content_block_stop' && index !== 0).length;
}
