import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PartialJson } from '../../../src/engines/claude/partial-json.ts';

const value = fc
  .oneof(fc.object({ maxDepth: 4 }), fc.array(fc.jsonValue(), { maxLength: 5 }))
  .map((any): unknown => JSON.parse(JSON.stringify(any)));

describe('JSON that is still being written', () => {
  it('has a value after each character, which only grows, and in the end all of it', () => {
    fc.assert(
      fc.property(value, fc.boolean(), (whole, isSpaced) => {
        const json = JSON.stringify(whole, undefined, isSpaced ? 2 : undefined);
        const partial = new PartialJson();
        for (const character of json) {
          partial.write(character);
          const { value } = partial;
          assert.ok(isPartOf(value, whole), `${JSON.stringify(value)} of ${json}`);
        }
        assert.deepEqual(partial.value, whole);
        assert.equal(partial.json, json);
      }),
    );
  });

  it('leaves out what has not come to its end', () => {
    for (const [text, expected] of [
      ['', undefined],
      ['Here it is:', undefined],
      ['{', {}],
      ['{"na', {}],
      ['{"name"', {}],
      ['{"name":"Bl', {}],
      ['{"name":"Blog"', { name: 'Blog' }],
      ['{"a":[1,2', { a: [1] }],
      ['{"a":[1,2]', { a: [1, 2] }],
      ['{"a":tru', {}],
      ['{"a":{"b":"\\"}', { a: {} }],
    ] as const) {
      const partial = new PartialJson();
      partial.write(text);
      assert.deepEqual(partial.value, expected, text);
    }
  });

  it('finds the value among words and fences', () => {
    const partial = new PartialJson();
    partial.write('Here it is:\n```json\n{"a":[1]}\n```\nDone {}.');
    assert.equal(partial.json, '{"a":[1]}');
    assert.deepEqual(partial.value, { a: [1] });
  });

  it('goes past brackets that hold no JSON, and past those that the value does not begin with', () => {
    for (const [openings, before] of [
      ['{[', 'Of [the first two]: '],
      ['{', 'Of [0] and [1, 2]: '],
      ['{', 'As {asked}: '],
    ] as const) {
      const partial = new PartialJson(openings);
      for (const character of `${before}{"a":[1]} {"b":2}`) partial.write(character);
      assert.deepEqual(partial.value, { a: [1] }, before);
      assert.equal(partial.json, '{"a":[1]}');
    }
  });

  it('shows what stands in brackets where it is no JSON, to say what is wrong with it', () => {
    const partial = new PartialJson();
    partial.write('Here: {"a": nope} and no more.');
    assert.equal(partial.json, '{"a": nope}');
    assert.equal(partial.value, undefined);
  });

  it('has no value where the text is no JSON', () => {
    for (const text of ['{a:1}', '[1 2]', '{"a":nope,"b":1}', ']']) {
      const partial = new PartialJson();
      partial.write(text);
      assert.equal(partial.value, undefined, text);
    }
  });
});

/** Whether all of `part` is in `whole`, at the same place. */
function isPartOf(part: unknown, whole: unknown): boolean {
  if (part === undefined) return true;
  if (Array.isArray(part)) return Array.isArray(whole) && part.every((item, index) => isPartOf(item, whole[index]));
  if (typeof part === 'object' && part !== null) {
    if (typeof whole !== 'object' || whole === null) return false;
    const members = new Map(Object.entries(whole));
    return Object.entries(part).every(([key, member]) => members.has(key) && isPartOf(member, members.get(key)));
  }
  return Object.is(part, whole);
}
