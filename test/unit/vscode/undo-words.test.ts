import assert from 'node:assert/strict';
import { describeRedo, describeUndo } from '../../../src/vscode/undo/undo-words.ts';

const where = { label: 'work/library', when: 'Nov 27, 2026, 9:20 PM' };
const paths = (count: number) => Array.from({ length: count }, (_, index) => `src/${index + 1}.ts`);

describe('what is said before an undo', () => {
  it('is how many files are removed, restored and kept, and which are kept', () => {
    const text = describeUndo({ remove: paths(325), restore: paths(2), changed: ['README.md'] }, where);
    assert.match(text, /^Written into work\/library on Nov 27, 2026, 9:20 PM\.\n/);
    assert.match(text, /325 files will be removed\.\n2 files will get back the content from before the generation\./);
    assert.match(text, /1 file changed since is kept: README\.md\./);
    assert.doesNotMatch(text, /generated into again/);
  });

  it('names five of many files that are kept', () => {
    const text = describeUndo({ remove: [], restore: [], changed: paths(12) }, where);
    assert.match(
      text,
      /No file will be removed\.\n12 files changed since are kept: src\/1\.ts, .*src\/5\.ts and 7 more\./,
    );
  });

  it('warns where the same folder was generated into again', () => {
    const text = describeUndo({ remove: paths(1), restore: [], changed: [] }, where, 'Nov 28, 2026, 8:00 AM');
    assert.match(text, /1 file will be removed\./);
    assert.match(text, /generated into again on Nov 28, 2026, 8:00 AM.*Undo the later one first\./);
  });
});

describe('what is said before an undo is undone', () => {
  it('is how many files are written, and what is in their places', () => {
    const text = describeRedo({ write: paths(3), changed: ['src', 'README.md'], blocked: ['src'] }, where);
    assert.match(text, /3 files will be written again\./);
    assert.match(text, /At 2 places there is something else by now, which is kept: src, README\.md\./);
  });
});
