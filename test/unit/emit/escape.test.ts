import assert from 'node:assert/strict';
import vm from 'node:vm';
import fc from 'fast-check';
import { escapes } from '../../../src/emit/escape.ts';
import { fieldTypes } from '../../../src/field-types/catalog.ts';
import { moduleCatalog } from '../../../src/modules/catalog.ts';
import { ProjectRenderer } from '../../../src/render/renderer.ts';
import { blog, requestFor } from '../render/fixtures.ts';

const nasty = [
  `It's "quoted"`,
  ['`backticks` and $', '{process.exit(1)}'].join(''),
  '</script><script>alert(1)</script>',
  '<%= it.project %> <!-- --> {{ mustache }}',
  'Emoji 🚀 and עברית',
  "back\\slash '; DROP TABLE posts; --",
  '*/ comment /* and # heading [link](javascript:alert(1)) |table|',
  'yaml: [a, b] & *c !d %e @f',
];

describe('escapes', () => {
  it('writes any text as a literal of TypeScript that means the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const literal = escapes.ts(text);
        assert.equal(vm.runInNewContext(literal), text);
        assert.doesNotMatch(literal, /<\/script|[\n\r\u2028\u2029]/i);
      }),
    );
  });

  it('writes any text as JSX that means the text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const child = escapes.jsx(text);
        if (child.startsWith('{')) assert.equal(vm.runInNewContext(child.slice(1, -1)), text);
        else assert.equal(child, text);
      }),
    );
  });

  it('writes any text as a scalar of YAML, which JSON is too', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => assert.equal(JSON.parse(escapes.yaml(text)), text)));
  });

  it('lets nothing out of HTML, SQL, comments and lines of Markdown', () => {
    for (const text of nasty) {
      assert.doesNotMatch(escapes.html(text), /[<>"']/);
      assert.doesNotMatch(escapes.sql(text).slice(1, -1).replaceAll("''", ''), /'/);
      assert.doesNotMatch(escapes.comment(`${text}\n */`), /\*\/|\n/);
      assert.doesNotMatch(escapes.markdown(`${text}\n# next`), /\n|(?<!\\)[<|`*[]/);
    }
  });

  it('breaks a list where it does not fit a line', () => {
    assert.equal(escapes.wrap(2, 'const a = [', ['1', '2'], '];'), 'const a = [1, 2];');
    assert.equal(
      escapes.wrap(2, 'f(', ['x'.repeat(90), 'y'.repeat(40)], ')'),
      `f(\n    ${'x'.repeat(90)},\n    ${'y'.repeat(40)},\n  )`,
    );
  });
});

describe('names and labels with any characters', () => {
  for (const text of nasty) {
    it(`renders ${text}`, () => {
      const [post, ...rest] = structuredClone(blog.entities);
      const [home] = blog.pages;
      assert.ok(post && home);
      const label = { label: text, pluralLabel: `${text}s`, description: text };
      const fields = post.fields.map((field) => ({
        ...field,
        label: text,
        ...(field.values ? { values: [text, `${text} 2`] } : {}),
      }));
      const blueprint = {
        ...blog,
        name: text,
        description: text,
        entities: [{ ...post, ...label, fields }, ...rest],
        pages: [{ ...home, title: text, text: [text] }],
      };
      const { files } = new ProjectRenderer({ fieldTypes, modules: moduleCatalog }).render(
        blueprint,
        requestFor(blueprint),
      );
      const find = (path: string) => files.find((file) => file.path === path)?.content ?? '';
      assert.equal(JSON.parse(find('package.json')).description, text);
      assert.equal(JSON.parse(find('takoss.json')).blueprint.name, text);
      assert.match(find('src/server/app.ts'), new RegExp(`title: ${escapeRegExp(escapes.ts(text))},`));
      assert.doesNotMatch(find('index.html'), /<script>|<%/);
      assert.doesNotMatch(find('README.md'), /^\*\/|(?<!\\)<script/m);
    });
  }
});

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
