import assert from 'node:assert/strict';
import type { CoveredSentence } from '../../../src/core/blueprint-draft.ts';
import { installCommand } from '../../../src/core/npm-project.ts';
import { phrasesOfSentences } from '../../../src/core/sentence-phrases.ts';
import { manifestOf } from '../../../src/emit/packages.ts';
import { fieldTypes } from '../../../src/field-types/catalog.ts';
import { moduleCatalog } from '../../../src/modules/catalog.ts';
import { ProjectRenderer } from '../../../src/render/renderer.ts';
import { blog, requestFor } from './fixtures.ts';
import { planned, slice } from './slice-fixtures.ts';

/** The README of a blog with these sentences. */
function readmeWith(coverage: readonly CoveredSentence[]): string {
  const { phrases } = phrasesOfSentences(coverage);
  const blueprint = { ...blog, sentences: [...coverage], phrases };
  const { files } = new ProjectRenderer({ fieldTypes, modules: moduleCatalog }).render(
    blueprint,
    requestFor(blueprint),
  );
  const readme = files.find(({ path }) => path === 'README.md');
  assert.ok(readme);
  return readme.content;
}

const sentence = { text: 'Members lend books and get a text message.', start: 0, end: 42 };

describe('what installs a project', () => {
  it('is the same to Takoss and to its README, whether or not features brought packages along', () => {
    const listed = manifestOf(['react-markdown']).dependencies;
    for (const packages of [{}, listed, { 'date-fns': '4.1.0' }]) {
      const { blueprint, plan } = planned(blog, 'count-words');
      const slices = [slice(plan, { packages })];
      const { files } = new ProjectRenderer({ fieldTypes, modules: moduleCatalog }).render(
        blueprint,
        requestFor(blueprint),
        slices,
      );
      const read = (name: string): string => files.find(({ path }) => path === name)?.content ?? '';
      const command = installCommand(read('package.json'), read('package-lock.json'));
      assert.ok(read('README.md').includes(`\n${command}\nnpm run dev`), command);
      assert.equal(command, 'date-fns' in packages ? 'npm install' : 'npm ci');
      const { dependencies } = JSON.parse(read('package.json'));
      for (const [name, version] of Object.entries(packages)) assert.equal(dependencies[name], version);
    }
  });
});

describe('what a README says is not built', () => {
  it('is all that is missing, where every other sentence is covered', () => {
    const readme = readmeWith([{ ...sentence, coveredBy: [], note: 'Nothing was built for this.' }]);
    assert.match(readme, /These parts of the requirements are not built\. Everything else is\.\n/);
  });

  it('are rules of access that no sentence asks for, while nothing checks them', () => {
    const [post, ...others] = blog.entities;
    assert.ok(post);
    const guarded = { ...post, access: { ...post.access, delete: 'signedIn' as const } };
    const blueprint = { ...blog, features: [], sentences: [], phrases: [], entities: [guarded, ...others] };
    const { files } = new ProjectRenderer({ fieldTypes, modules: moduleCatalog }).render(
      blueprint,
      requestFor(blueprint),
    );
    const readme = files.find(({ path }) => path === 'README.md')?.content ?? '';
    assert.match(
      readme,
      /## What it does not do\n\n- Who may delete posts is not checked yet: there are no accounts\.\n/,
    );
    assert.doesNotMatch(readme, /These parts|Everything else/);
  });

  it('is not said to be all where a covered sentence asks for more than was built', () => {
    const readme = readmeWith([{ ...sentence, coveredBy: ['entity:Post'], note: 'Sending messages is not built.' }]);
    assert.match(readme, /These parts of the requirements are not built, or only in part\.\n/);
    assert.match(readme, /get a text message\.” Sending messages is not built\./);
    assert.doesNotMatch(readme, /Everything else/);
  });
});
