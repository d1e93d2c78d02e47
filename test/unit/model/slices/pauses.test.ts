import assert from 'node:assert/strict';
import { SliceDraft } from '../../../../src/engines/model/slices/draft.ts';
import { isUnfinished } from '../../../../src/engines/model/slices/unfinished.ts';
import type { FilesReply } from '../../../support/fake-model.ts';
import { files, goodFiles, modelFor, outcomeOf, planOf, run, sessionOf, workOf } from './slice-run.ts';

type File = FilesReply['files'][number];
const paused = (...list: File[]): FilesReply => ({ files: list, stop: 'paused' });
const [screen, test] = goodFiles('alpha');
assert.ok(screen !== undefined && test !== undefined);

describe('a model that waits to hear of its files', () => {
  it('is asked for the rest, with what it has written, and that is no repair', async () => {
    const model = modelFor({ alpha: [paused(screen), paused(test)] });
    const { report } = await run(workOf('alpha'), sessionOf(model));
    assert.equal(outcomeOf(report, 'alpha')?.status, 'accepted');
    assert.equal(model.prompts.length, 2);
    assert.ok(model.prompts[1]?.task.includes(screen.content));
    assert.ok(!model.prompts[1]?.task.includes('<problems>'));
  });

  it('is not asked for more where everything is there', async () => {
    const model = modelFor({ alpha: [paused(screen, test)] });
    const { report } = await run(workOf('alpha'), sessionOf(model));
    assert.equal(outcomeOf(report, 'alpha')?.status, 'accepted');
    assert.equal(model.prompts.length, 1);
  });

  it('keeps all its repairs', async () => {
    const broken = { path: screen.path, content: 'export function Screen() {\n  return <h1>\n}\n' };
    const model = modelFor({ alpha: [paused(broken), paused(test), files(screen)] });
    const { report } = await run(workOf('alpha'), sessionOf(model));
    assert.equal(outcomeOf(report, 'alpha')?.status, 'accepted');
    assert.ok(model.prompts[2]?.task.includes('<problems>'));
  });

  it('is told what is wrong when it brings nothing new', async () => {
    const model = modelFor({ alpha: [paused(screen), paused(screen), files(test)] });
    const { report } = await run(workOf('alpha'), sessionOf(model));
    assert.equal(outcomeOf(report, 'alpha')?.status, 'accepted');
    assert.match(model.prompts[2]?.task ?? '', /<problems>[\s\S]*The file is missing/);
  });

  it('is not asked for ever', async () => {
    const strays = Array.from({ length: 40 }, (_, at) => paused({ path: `src/client/stray${at}.ts`, content: 'x' }));
    const model = modelFor({ alpha: strays });
    const { report } = await run(workOf('alpha'), sessionOf(model));
    assert.equal(outcomeOf(report, 'alpha')?.status, 'left-out');
    assert.ok(model.prompts.length <= 30, `${model.prompts.length} requests`);
  });
});

describe('a draft', () => {
  const plan = planOf('alpha');
  const server = { path: plan.serverFile, content: 'export const alphaRoutes = () => {};\n' };
  const serverTest = { path: plan.serverTestFile, content: "import { expect } from 'vitest';\n" };
  const tables = { path: 'tables.json', content: '[{ "name": "Run" }]' };
  const importing = (specifier: string): File => ({
    path: screen.path,
    content: `import {\n  a,\n  type B,\n} from '${specifier}';\n${screen.content}`,
  });
  const cases: [what: string, files: readonly File[], isUnfinished: boolean][] = [
    ['without files', [], true],
    ['with a page alone', [screen], true],
    ['with a test alone', [test], true],
    ['with a page and its test', [screen, test], false],
    ['with routes and no test of them', [screen, test, server], true],
    ['with a test of routes that are not there', [screen, test, serverTest], true],
    ['with routes and their test', [screen, test, server, serverTest], false],
    ['with tables and no routes', [screen, test, tables], true],
    ['with no tables in tables.json', [screen, test, { path: 'tables.json', content: ' [\n] ' }], false],
    ['with tables and routes', [screen, test, tables, server, serverTest], false],
    ['whose page imports a part that is not there', [importing('./parts/list.tsx'), test], true],
    [
      'whose page imports the shared module that is not there',
      [importing('../../../shared/modules/alpha.ts'), test],
      true,
    ],
    ['whose page imports the project', [importing('../../ui/button.tsx'), test], false],
    ['whose page imports a package', [importing('react'), test], false],
  ];
  for (const [what, list, expected] of cases) {
    it(`${what} is ${expected ? 'unfinished' : 'finished'}`, () => {
      assert.equal(isUnfinished(new SliceDraft(plan, list)), expected);
    });
  }
});
