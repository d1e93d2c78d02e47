import assert from 'node:assert/strict';
import { TakossError } from '../../../src/core/errors.ts';
import { parseRequest, slugify } from '../../../src/core/request.ts';

const valid = { projectName: 'Blog Platform', description: 'A blog', requirements: 'Users write posts.' };

function refusal(change: Record<string, unknown>): TakossError {
  try {
    parseRequest({ ...valid, ...change });
  } catch (error) {
    assert.ok(error instanceof TakossError);
    assert.equal(error.code, 'invalid-request');
    return error;
  }
  assert.fail('the request was accepted');
}

describe('request', () => {
  it('takes the three fields of the first version and leaves out what it does not know', () => {
    assert.deepEqual(parseRequest({ ...valid, template: 'x' }), valid);
  });

  it('takes a request without description and trims the name', () => {
    const { projectName, description } = parseRequest({ projectName: '  Blog ', requirements: 'Posts.' });
    assert.deepEqual([projectName, description], ['Blog', '']);
  });

  for (const [what, projectName, says] of [
    ['an empty name', '   ', /has no name/],
    ['a name of 300 characters', 'n'.repeat(300), /300 characters\. Use at most 100/],
    ['a path', '../../etc', /looks like a path/],
    ['a Windows path', 'C:\\temp', /looks like a path/],
    ['two dots', '..', /looks like a path/],
    ['an emoji alone', '🚀', /no letter or digit/],
    ['a device of Windows', 'con', /reserved name/],
    ['what becomes one as the name of a folder', 'Con!', /reserved name/],
    ['a folder of npm', 'node_modules', /reserved name/],
    ['text that is reordered invisibly', 'Blog\u202egolB', /invisible control characters/],
    ['a line break', 'Blog\nPlatform', /invisible control characters/],
  ] as const) {
    it(`refuses ${what} and says what to do`, () => {
      const error = refusal({ projectName });
      assert.match(error.message, says);
      assert.equal(error.field, 'projectName');
    });
  }

  for (const name of ['🚀 Blog', 'مدونة الأخبار', 'ブログ', "Ann's shop", 'class', '2048', 'Café №5']) {
    it(`takes the name ${JSON.stringify(name)} as it is typed`, () => {
      assert.equal(parseRequest({ ...valid, projectName: name }).projectName, name);
    });
  }

  it('refuses requirements that are empty, only symbols, or a megabyte, and names the field', () => {
    assert.match(refusal({ requirements: ' \n ' }).message, /empty/);
    assert.match(refusal({ requirements: '*** --- 123 !!!' }).message, /no words/);
    const tooLong = refusal({ requirements: 'word '.repeat(220_000) });
    assert.match(tooLong.message, /1,100,000 characters; Takoss reads at most 500,000/);
    assert.equal(tooLong.field, 'requirements');
  });

  it('refuses what is no text at all', () => {
    assert.match(refusal({ requirements: 7 }).message, /"requirements" is missing or not a text/);
    assert.throws(() => parseRequest(null), TakossError);
    assert.throws(() => parseRequest('x'), TakossError);
  });

  it('derives names for folders and packages', () => {
    assert.equal(slugify('Blog Platform'), 'blog-platform');
    assert.equal(slugify("Café  Zoë's №5!"), 'cafe-zoes-no5');
    assert.equal(slugify('مدونة'), 'app');
    assert.equal(slugify('2048'), 'app-2048');
    assert.match(slugify('x'.repeat(100)), /^x{60}$/);
  });
});
