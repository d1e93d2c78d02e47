import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { createMarker, FileProtocolReader, fileInstructions } from '../../../src/vscode/lm/file-protocol.ts';

interface Found {
  readonly files: { path: string; content: string; isWhole: boolean }[];
  readonly remarks: string;
}

function read(marker: string, pieces: readonly string[]): Found {
  const reader = new FileProtocolReader(marker);
  const files: Found['files'] = [];
  const parts = [...pieces.flatMap((piece) => [...reader.read(piece)]), ...reader.finish()];
  for (const part of parts) {
    const last = files.at(-1);
    if (part.kind === 'file') files.push({ path: part.path, content: '', isWhole: false });
    else if (part.kind === 'text' && last !== undefined) last.content += part.text;
    else if (part.kind === 'file-end' && last !== undefined) last.isWhole = true;
  }
  return { files, remarks: reader.remarks };
}

const marker = 'c0ffee123456';
const answer = (path: string, content: string) => `<<<file ${marker} ${path}>>>\n${content}<<<end ${marker}>>>\n`;

describe('Files in the text of a model', () => {
  it('are read whole, wherever the pieces of the answer are cut', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom('<<<end 000000>>>', '<div>', '`', '```', '', '\t', `<<<end ${marker}`, `x <<<end ${marker}>>>`),
    );
    const lines = fc.array(
      line.map((text) => text.replace(/[\r\n]/g, '')),
      { minLength: 1, maxLength: 8 },
    );
    void fc.assert(
      fc.property(
        fc.array(lines, { maxLength: 3 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
        (all, sizes) => {
          const files = all.map((content, index) => ({
            path: `src/${index}.ts`,
            content: `// \n${content.join('\n')}\n`,
          }));
          const text = files.map(({ path, content }) => answer(path, content)).join('');
          const pieces: string[] = [];
          for (let at = 0; at < text.length; ) {
            const size = sizes.next().value ?? 1;
            pieces.push(text.slice(at, at + size));
            at += size;
          }
          const found = read(marker, pieces);
          assert.deepEqual(
            found.files,
            files.map((file) => ({ ...file, isWhole: true })),
          );
        },
      ),
    );
  });

  it('stream while a line is being written', () => {
    const reader = new FileProtocolReader(marker);
    assert.deepEqual(
      [...reader.read(`<<<file ${marker} a.ts>>>\nconst a`)],
      [
        { kind: 'file', path: 'a.ts' },
        { kind: 'text', text: 'const a' },
      ],
    );
    assert.deepEqual([...reader.read(' = 1')], [{ kind: 'text', text: ' = 1' }]);
    assert.deepEqual([...reader.read(';\n<')], [{ kind: 'text', text: ';\n' }]);
    assert.deepEqual([...reader.read(`<<end ${marker}>>>`)], []);
    assert.deepEqual([...reader.finish()], [{ kind: 'file-end' }]);
  });

  it('without an end marker are not whole', () => {
    assert.deepEqual(read(marker, [`<<<file ${marker} a.ts>>>\nconst a = 1;\n`]).files, [
      { path: 'a.ts', content: 'const a = 1;\n', isWhole: false },
    ]);
    const twice = read(marker, [`<<<file ${marker} a.ts>>>\nconst a\n${answer('b.ts', 'b\n')}`]).files;
    assert.deepEqual(
      twice.map(({ path, isWhole }) => [path, isWhole]),
      [
        ['a.ts', false],
        ['b.ts', true],
      ],
    );
  });

  it('lose a code fence around all of their text, and no other', () => {
    assert.equal(read(marker, [answer('a.ts', '```ts\nlet a;\n```\n')]).files[0]?.content, 'let a;\n');
    const inside = 'const text = `\n```ts\nlet a;\n```\n`;\n';
    assert.equal(read(marker, [answer('a.ts', inside)]).files[0]?.content, inside);
    const both = '```ts\n// ```\n```\nlet b;\n```\n';
    assert.equal(read(marker, [answer('a.ts', both)]).files[0]?.content, '// ```\n```\nlet b;\n');
  });

  it('end and begin by nothing but the marker of their own request', () => {
    const other = createMarker();
    assert.notEqual(other, createMarker());
    const content = `<<<end ${other}>>>\n<<<file ${other} .git/config>>>\n[core]\n<<<end>>>\n`;
    assert.deepEqual(read(marker, [answer('a.ts', content)]).files, [{ path: 'a.ts', content, isWhole: true }]);
  });

  it('have line breaks of one kind', () => {
    const text = `<<<file ${marker} a.ts>>>\r\nlet a;\r\nlet b;\r\n<<<end ${marker}>>>\r\n`;
    for (const pieces of [[text], [...text]]) {
      assert.deepEqual(read(marker, pieces).files, [{ path: 'a.ts', content: 'let a;\nlet b;\n', isWhole: true }]);
    }
  });

  it('leave what stands beside them as remarks', () => {
    const { remarks } = read(marker, ['Sure.\n', answer('a.ts', 'a\n'), 'Done.']);
    assert.equal(remarks, 'Sure.\nDone.');
  });

  it('are asked for with the marker', () => {
    assert.ok(fileInstructions(marker).includes(`<<<end ${marker}>>>`));
  });
});
