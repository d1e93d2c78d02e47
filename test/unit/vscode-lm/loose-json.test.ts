import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parseLooseJson } from '../../../src/vscode/lm/loose-json.ts';

describe('JSON in the answer of a model', () => {
  it('is found within sentences and code fences', () => {
    assert.deepEqual(parseLooseJson('Here it is:\n```json\n{"a": [1, "b"]}\n```\nAnything else?'), {
      value: { a: [1, 'b'] },
      isWhole: true,
    });
  });

  it('reads whatever JSON.stringify writes', () => {
    const values = fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()));
    void fc.assert(
      fc.property(values, fc.nat(4), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        assert.deepEqual(parseLooseJson(`${text} `), { value: JSON.parse(text), isWhole: true });
      }),
    );
  });

  it('is closed where it broke off, at whatever character', () => {
    const text = '{"entities": [{"name": "Post \\u00e9", "fields": ["title", true, null, -1.5e3]}], "more": "x\\n"}';
    for (let length = 1; length < text.length; length += 1) {
      const found = parseLooseJson(text.slice(0, length));
      assert.ok(found, text.slice(0, length));
      assert.equal(found.isWhole, false);
    }
    assert.deepEqual(parseLooseJson(text.slice(0, 26))?.value, { entities: [{ name: 'Po' }] });
    assert.deepEqual(parseLooseJson(text.slice(0, 34))?.value, { entities: [{ name: 'Post ' }] });
    assert.deepEqual(parseLooseJson(text.slice(0, 61))?.value, {
      entities: [{ name: 'Post é', fields: ['title'] }],
    });
  });

  it('may have line breaks in strings and commas before brackets', () => {
    assert.deepEqual(parseLooseJson('{"a": "one\ntwo", "b": [1, 2,],}'), {
      value: { a: 'one\ntwo', b: [1, 2] },
      isWhole: true,
    });
  });

  it('is not what only looks like it', () => {
    assert.equal(parseLooseJson('There is none.'), undefined);
    assert.equal(parseLooseJson('Use {curly} brackets.'), undefined);
    assert.equal(parseLooseJson('[1 2]'), undefined);
    assert.equal(parseLooseJson('['.repeat(100_000)), undefined);
  });

  it('sets no prototype', () => {
    const value = parseLooseJson('{"__proto__": {"isAdmin": true}}')?.value;
    assert.equal(Object.getPrototypeOf(value), Object.prototype);
    assert.deepEqual(Object.keys(value ?? {}), ['__proto__']);
  });
});
