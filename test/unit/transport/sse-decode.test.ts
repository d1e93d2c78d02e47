import assert from 'node:assert/strict';
import { SseDecoder } from '../../../src/transport/sse-decode.ts';

type Expected = readonly (string | { readonly data: string; readonly id?: string; readonly event?: string })[];

/** Cases of the rules for parsing and interpreting an event stream, WHATWG HTML 9.2.5 and 9.2.6. Plain texts are messages without more. */
const cases: readonly (readonly [what: string, stream: string | readonly number[], messages: Expected])[] = [
  ['one message', 'data: a\n\n', ['a']],
  ['two messages', 'data: a\n\ndata: b\n\n', ['a', 'b']],
  ['a byte order mark at the start', '\ufeffdata: a\n\n', ['a']],
  ['only one of two byte order marks', '\ufeff\ufeffdata: a\n\ndata: b\n\n', ['b']],
  ['a byte order mark inside', 'data: \ufeffa\n\n\ufeffdata: b\n\n', ['\ufeffa']],
  ['carriage returns', 'data: a\r\rdata: b\r\r', ['a', 'b']],
  ['carriage returns with line feeds', 'data: a\r\n\r\ndata: b\r\n\r\n', ['a', 'b']],
  ['a mixture of line ends', 'data: a\r\n\ndata: b\n\r\ndata: c\r\n\r', ['a', 'b', 'c']],
  ['a carriage return before a line feed as one end, not two', 'data: a\r\ndata: b\r\n\r\n', ['a\nb']],
  ['comments', ': nothing\ndata: a\n:\n:: :\n\n', ['a']],
  ['a comment between messages', 'data: a\n\n: heartbeat\n\ndata: b\n\n', ['a', 'b']],
  ['several data lines', 'data: a\ndata: b\ndata: c\n\n', ['a\nb\nc']],
  ['data lines with empty ones', 'data: a\ndata\ndata:\ndata: b\n\n', ['a\n\n\nb']],
  ['an empty data line', 'data:\n\n', ['']],
  ['two empty data lines', 'data\ndata\n\n', ['\n']],
  ['no message without data', 'id: 1\nevent: x\n\ndata: a\n\n', ['a']],
  ['a field without a colon', 'data\n\n', ['']],
  ['no space after the colon', 'data:a\n\n', ['a']],
  ['one space after the colon, and no more', 'data:  a\n\n', [' a']],
  ['a tab after the colon', 'data:\ta\n\n', ['\ta']],
  ['a colon in the value', 'data: a: b:c\n\n', ['a: b:c']],
  ['a space before the colon as part of the name', 'data : a\n\ndata: b\n\n', ['b']],
  ['a space before the name', ' data: a\n\ndata: b\n\n', ['b']],
  ['names in capitals', 'DATA: a\nData: b\n\ndata: c\n\n', ['c']],
  ['unknown fields', 'dat: a\ndatas: b\ncolour: red\ndata: c\n\n', ['c']],
  ['an id', 'id: 7\ndata: a\n\n', [{ data: 'a', id: '7' }]],
  ['an empty id', 'id\ndata: a\n\n', [{ data: 'a', id: '' }]],
  ['the last of two ids', 'id: 1\nid: 2\ndata: a\n\n', [{ data: 'a', id: '2' }]],
  ['an id with a zero character', 'id: 1\u0000\ndata: a\n\n', ['a']],
  ['a name', 'event: x\ndata: a\n\ndata: b\n\n', [{ data: 'a', event: 'x' }, 'b']],
  ['an unfinished last message', 'data: a\n\ndata: b\n', ['a']],
  ['an unfinished last line', 'data: a\n\ndata: b', ['a']],
  ['several blank lines', '\n\n\ndata: a\n\n\n\n', ['a']],
  ['characters of several bytes', 'data: é ✓ \u{1f600}\n\n', ['é ✓ \u{1f600}']],
  ['ends of lines that are none here', 'data: a\u2028b\u2029c\u0085d\u000be\n\n', ['a\u2028b\u2029c\u0085d\u000be']],
  ['bytes that are no UTF-8', [0x64, 0x61, 0x74, 0x61, 0x3a, 0xff, 0x61, 10, 10], ['\ufffda']],
  ['nothing', '', []],
];

const retries: readonly (readonly [what: string, stream: string, retryMs: number | undefined])[] = [
  ['digits', 'retry: 1500\n\n', 1500],
  ['digits without a message', 'retry:20\ndata: a\n\n', 20],
  ['the last of two', 'retry: 1\nretry: 2\n\n', 2],
  ['nothing but digits', 'retry: 1s\nretry: -5\nretry: 1.5\nretry:\n\n', undefined],
];

const sizes: readonly (readonly [string, number])[] = [
  ['whole', Number.MAX_SAFE_INTEGER],
  ['byte by byte', 1],
  ['in pieces of 3 bytes', 3],
];

/** What comes of a stream when it arrives in pieces of so many bytes. */
function decode(bytes: Uint8Array, size: number): { messages: Expected; retryMs: number | undefined } {
  const decoder = new SseDecoder();
  const messages: Expected[number][] = [];
  for (let start = 0; start < bytes.length; start += size) {
    for (const { id, event, data } of decoder.decode(bytes.subarray(start, start + size))) {
      const extra = { ...(id === undefined ? {} : { id }), ...(event === undefined ? {} : { event }) };
      messages.push(Object.keys(extra).length === 0 ? data : { data, ...extra });
    }
  }
  return { messages, retryMs: decoder.retryMs };
}

describe('reading Server-Sent Events', () => {
  for (const [how, size] of sizes) {
    describe(how, () => {
      for (const [what, stream, expected] of cases) {
        it(`knows ${what}`, () => {
          const bytes = typeof stream === 'string' ? new TextEncoder().encode(stream) : Uint8Array.from(stream);
          assert.deepEqual(decode(bytes, size).messages, expected);
        });
      }
      for (const [what, stream, expected] of retries) {
        it(`takes for a waiting time ${what}`, () => {
          assert.equal(decode(new TextEncoder().encode(stream), size).retryMs, expected);
        });
      }
    });
  }

  it('gives up on a message without an end', () => {
    const decoder = new SseDecoder({ maxMessageLength: 1000 });
    const piece = new TextEncoder().encode(`data: ${'x'.repeat(100)}`);
    assert.throws(() => {
      for (let count = 0; count < 100; count += 1) decoder.decode(piece);
    }, /message without an end/);
  });

  it('keeps nothing of a comment without an end', () => {
    const decoder = new SseDecoder({ maxMessageLength: 1000 });
    const piece = new TextEncoder().encode(`:${'x'.repeat(100)}`);
    for (let count = 0; count < 100; count += 1) assert.deepEqual(decoder.decode(piece), []);
  });
});
