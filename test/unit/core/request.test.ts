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
    ['the mark that turns Arabic letters', 'Blog\u061cPlatform', /invisible control characters/],
    ['the end of a line that is none to a keyboard', 'Blog\u2028Platform', /invisible control characters/],
    ['the end of a paragraph', 'Blog\u2029Platform', /invisible control characters/],
    [
      'a text in tags',
      `Blog\u{e0001}${String.fromCodePoint(0xe0073, 0xe0065, 0xe007f)}`,
      /invisible control characters/,
    ],
    ['the first half of a character', 'Blog \ud83d', /invisible control characters/],
    ['the second half of a character', '\ude80 Blog', /invisible control characters/],
    ['a hyphen that is not there', 'Plat\u00adform', /invisible control characters/],
    ['a letter of Korean without a shape', 'Blog\u3164', /invisible control characters/],
    ['an invisible sign of mathematics', 'a\u2062b', /invisible control characters/],
    ['a mark for what stands between lines', 'Blog\ufff9x', /invisible control characters/],
    ['what is no character', 'Blog\uffff', /invisible control characters/],
    ['a row of selectors that select nothing', 'Blog\ufe01\ufe02\u{e0101}', /invisible control characters/],
    ['a row of joiners that join nothing', 'Blog\u200c\u200d\u200c', /invisible control characters/],
  ] as const) {
    it(`refuses ${what} and says what to do`, () => {
      const error = refusal({ projectName });
      assert.match(error.message, says);
      assert.equal(error.field, 'projectName');
    });
  }

  it('takes null for what may be missing, and nothing else that is no text', () => {
    const { projectName, requirements } = valid;
    assert.equal(parseRequest({ projectName, description: null, requirements }).description, '');
    for (const description of [0, false, {}, []]) assert.equal(refusal({ description }).field, 'description');
    assert.equal(refusal({ projectName: null }).field, 'projectName');
    assert.equal(refusal({ requirements: null }).field, 'requirements');
  });

  for (const name of [
    'می‌خواهم',
    '👩‍💻 Jobs',
    '❤️ Recipes',
    '葛\u{e0100}飾区',
    'क्‍ष',
    '1️⃣ List',
    '👁️‍🗨️ Watch',
    '🚀 Blog',
    'مدونة الأخبار',
    'ブログ',
    "Ann's shop",
    'class',
    '2048',
    'Café №5',
  ]) {
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

  for (const [name, slug] of [
    ['Straßenbahn Gießen', 'strassenbahn-giessen'],
    ['STRAẞE', 'strasse'],
    ['Smørrebrød & Æbler', 'smorrebrod-aebler'],
    ['Łódź', 'lodz'],
    ['Œuvres', 'oeuvres'],
    ['Þórður', 'thordur'],
    ['Đorđe', 'dorde'],
    ['Diyarbakır', 'diyarbakir'],
  ] as const) {
    it(`spells the letters of ${name} that have no accent to take off`, () => {
      assert.equal(slugify(name), slug);
    });
  }
});
