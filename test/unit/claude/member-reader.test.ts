import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MemberReader } from '../../../src/engines/claude/member-reader.ts';

/** What a reader makes of a text in pieces. */
function read(pieces: readonly string[]): { members: ReadonlyMap<string, string>; isWhole: boolean } {
  const members = new Map<string, string>();
  const ended: string[] = [];
  const reader = new MemberReader({
    text: (name, text) => members.set(name, (members.get(name) ?? '') + text),
    end: (name) => {
      members.set(name, members.get(name) ?? '');
      ended.push(name);
    },
  });
  for (const piece of pieces) reader.write(piece);
  if (reader.isWhole) assert.deepEqual(ended, [...members.keys()]);
  return { members, isWhole: reader.isWhole };
}

/** Cuts a text at some of its UTF-16 units. */
function cut(text: string, at: readonly number[]): string[] {
  const points = [0, ...at.map((point) => point % (text.length + 1)).toSorted((a, b) => a - b), text.length];
  return points.slice(1).map((point, index) => text.slice(points[index], point));
}

/** As JSON may also be written: every unit an escape. */
const escaped = (text: string): string =>
  `"${text.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;

const texts = fc.string({ unit: 'binary', maxLength: 30 });
/** Strings, and what is handed out as JSON: objects and lists. */
const values = fc.oneof(
  { weight: 3, arbitrary: texts },
  fc.array(fc.jsonValue()),
  fc.dictionary(texts, fc.jsonValue()),
);
const members = fc.dictionary(fc.string({ unit: 'grapheme', maxLength: 8 }), values);

describe('reading the members of an object in pieces', () => {
  it('reads what JSON.parse reads, wherever the text is cut', () => {
    fc.assert(
      fc.property(members, fc.array(fc.nat(), { maxLength: 12 }), fc.boolean(), (object, at, isSpaced) => {
        const { members, isWhole } = read(cut(JSON.stringify(object, undefined, isSpaced ? 2 : undefined), at));
        const got = [...members].map(([name, text]) => [
          name,
          typeof object[name] === 'string' ? text : JSON.parse(text),
        ]);
        assert.deepEqual(got, JSON.parse(JSON.stringify(Object.entries(object))));
        assert.equal(isWhole, true);
      }),
    );
  });

  it('joins characters whose halves are escaped and cut apart', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), fc.array(fc.nat(), { maxLength: 12 }), (text, at) => {
        const { members } = read(cut(`{"content":${escaped(text)}}`, at));
        assert.equal(members.get('content') ?? '', text);
      }),
    );
  });

  it('takes for whole what JSON.parse takes, and nothing else', () => {
    const damaged = fc.tuple(
      members,
      fc.nat(),
      fc.constantFrom('', '"', '\\', '{', '}', ',', ':', '1', '\n', 'é', '\u007f'),
    );
    fc.assert(
      fc.property(damaged, ([object, at, what]) => {
        const json = JSON.stringify(object);
        const point = at % json.length;
        const text = json.slice(0, point) + what + json.slice(point + 1);
        assert.equal(read([text]).isWhole, isCallInput(text), text);
      }),
      { numRuns: 2000 },
    );
  });
});

function isCallInput(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const isReadable = Object.values(value).every(
      (member) => typeof member === 'string' || (typeof member === 'object' && member !== null),
    );
    // What JSON.parse forgets of a name that comes twice, it does not write again.
    return isReadable && namesIn(JSON.stringify(value)) === namesIn(text);
  } catch {
    return false;
  }
}

/** How many names of members there are in valid JSON, at any depth. */
function namesIn(json: string): number {
  return json.match(/"(?:[^"\\]|\\.)*"\s*:/g)?.length ?? 0;
}
