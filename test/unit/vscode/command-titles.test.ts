import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
  };
}

/**
 * Whether the Command Palette lists a title for what was typed: it wants the beginnings of words, in order, and skips words between them. Among
 * those it lists, what was used last comes first, however much better another fits.
 */
function isListed(title: string, typed: string): boolean {
  const words = (text: string): string[] => text.toLowerCase().split(/[\s:…]+/);
  let from = 0;
  return words(typed).every((word) => {
    const index = words(title).findIndex((candidate, at) => at >= from && candidate.startsWith(word));
    from = index + 1;
    return index !== -1;
  });
}

describe('the titles of commands', () => {
  let titles: readonly string[];
  before(async () => {
    const text = await readFile(new URL('../../../package.json', import.meta.url), 'utf8');
    const { contributes } = JSON.parse(text) as Manifest; // our own file, and a test
    titles = contributes.commands.map(({ title, category }) => `${category}: ${title}`);
  });

  for (const typed of ['Takoss: Generate Project', 'generate project', 'takoss generate p', 'gen pro']) {
    it(`leave "${typed}" to Generate Project, whatever was used last`, () => {
      assert.deepEqual(
        titles.filter((title) => isListed(title, typed)),
        ['Takoss: Generate Project'],
      );
    });
  }

  it('are told apart by their first word or two', () => {
    const beginnings = titles.map((title) => title.split(' ').slice(1, 3).join(' ').toLowerCase());
    assert.deepEqual(beginnings, [...new Set(beginnings)]);
  });
});
