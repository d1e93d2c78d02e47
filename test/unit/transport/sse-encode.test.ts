import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { StreamEvent } from '../../../src/core/events.ts';
import { formatEventId, parseEventId } from '../../../src/transport/event-id.ts';
import { encodeEvent, encodeResult, encodeRetry, heartbeat } from '../../../src/transport/sse-encode.ts';
import { recordRun } from '../../support/recorded-run.ts';

/** Reads as the clients of the first version do: lines end at a line feed, and those with `data: ` at their start are JSON. */
function readNaively(stream: Uint8Array, size: number): unknown[] {
  const decoder = new TextDecoder();
  const messages: unknown[] = [];
  let rest = '';
  for (let start = 0; start < stream.length; start += size) {
    const lines = (rest + decoder.decode(stream.subarray(start, start + size), { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.startsWith('data: ')) messages.push(JSON.parse(line.slice('data: '.length)));
  }
  return messages;
}

const chunk = (text: string): StreamEvent => ({
  type: 'code_chunk',
  phase: 'frontend',
  message: text,
  data: { file: text, chunk: text, isComplete: false },
});

describe('writing Server-Sent Events', () => {
  it('is read completely by a client of the first version, with ids, heartbeats and waiting times between', async () => {
    for (const runId of [undefined, 'run-1']) {
      const { events, result, wire } = await recordRun(runId);
      const stream = new TextEncoder().encode([encodeRetry(2000), ...wire].join(heartbeat));
      const expected = JSON.parse(JSON.stringify([...events, { type: 'result', data: result }]));
      for (const size of [1, 7, stream.length]) assert.deepEqual(readNaively(stream, size), expected);
    }
  });

  it('writes an event as an id, one line of data and an empty line', () => {
    const event: StreamEvent = { type: 'phase_start', phase: 'analysis', message: 'Reading\nlines' };
    const data = 'data: {"type":"phase_start","phase":"analysis","message":"Reading\\nlines"}\n\n';
    assert.equal(encodeEvent(event), data);
    assert.equal(encodeEvent(event, { runId: 'run-1', seq: 12 }), `id: run-1:12\n${data}`);
  });

  it('writes the result as the first version did', async () => {
    const { result } = await recordRun();
    assert.equal(encodeResult(result), `data: ${JSON.stringify({ type: 'result', data: result })}\n\n`);
  });

  it('keeps any text on one line, for every idea of a line, and unchanged', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('\r', '\n', '\u2028', '\u2029', '\u0085', '\u000b'),
        (a, b) => {
          const event = chunk(a + b + a);
          const text = encodeEvent(event, { runId: 'r', seq: 1 });
          assert.deepEqual(text.split(/\r\n|[\n\r\u2028\u2029\u0085\v\f]/).length, 4);
          const line = text.split('\n')[1] ?? '';
          assert.deepEqual(JSON.parse(line.slice('data: '.length)), event);
        },
      ),
    );
  });

  it('asks for waiting times in whole milliseconds', () => {
    assert.equal(encodeRetry(1500.4), 'retry: 1500\n\n');
    assert.equal(encodeRetry(-1), 'retry: 0\n\n');
  });
});

describe('ids of events', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\w-]{1,100}$/), fc.nat(), (runId, seq) => {
        assert.deepEqual(parseEventId(formatEventId({ runId, seq })), { runId, seq });
      }),
    );
  });

  for (const text of [
    '',
    'x',
    'x:',
    ':1',
    'x:01',
    'x:-1',
    'x:1.5',
    'x:1e3',
    'x y:1',
    'x:y:1',
    'x:1 ',
    'x:9999999999999999',
    '../x:1',
  ]) {
    it(`are not ${JSON.stringify(text)}`, () => assert.equal(parseEventId(text), undefined));
  }
});
