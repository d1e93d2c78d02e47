import assert from 'node:assert/strict';
import { templates } from '../../../src/render/compiled-templates.ts';
import { fileRules, ruleOf } from '../../../src/render/manifest.ts';

describe('the manifest', () => {
  it('has a rule for every template, and no rule that none falls under', () => {
    const used = new Set(templates.map(({ path }) => ruleOf(path)));
    assert.deepEqual(
      fileRules.filter((rule) => !used.has(rule)).map(({ path }) => path.source),
      [],
    );
  });

  it('refuses a file that belongs nowhere, and says where to name it', () => {
    for (const path of ['stray.txt', 'e2e/login.ts', 'src/other/a.ts', 'src/client/elsewhere/a.ts'])
      assert.throws(() => ruleOf(path), /No rule of src\/render\/manifest\.ts matches the template/, path);
  });
});
