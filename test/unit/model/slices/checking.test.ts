import assert from 'node:assert/strict';
import type { Slice } from '../../../../src/core/slices.ts';
import { MemoryWorkStore } from '../../../support/fake-model.ts';
import {
  acceptedFiles,
  brokenFiles,
  FakeChecker,
  files,
  good,
  goodFiles,
  modelFor,
  noticesOf,
  outcomeOf,
  planOf,
  run,
  sessionOf,
  statesOf,
  streamed,
  typeProblem,
  workOf,
} from './slice-run.ts';

describe('checking slices', () => {
  it('checks a slice in the project, and says what it passed', async () => {
    const checker = new FakeChecker();
    const { steps, report } = await run(workOf('alpha'), sessionOf(modelFor(good('alpha')), { checker }));
    assert.deepEqual(checker.checked, [['alpha']]);
    assert.deepEqual(statesOf(steps, 'alpha'), ['writing', 'checking', 'accepted']);
    assert.deepEqual(outcomeOf(report, 'alpha')?.checked, ['syntax', 'imports', 'types', 'lint', 'tests']);
    assert.deepEqual(noticesOf(steps), []);
  });

  it('says what was not checked and why, once', async () => {
    const checker = new FakeChecker(() => [], 'The packages were not installed.');
    const { steps, report } = await run(
      workOf('alpha', 'beta'),
      sessionOf(modelFor(good('alpha', 'beta')), { checker }),
    );
    assert.equal(report?.accepted.length, 2);
    assert.deepEqual(checker.checked, []);
    const [notice, ...others] = noticesOf(steps);
    assert.match(notice ?? '', /not type-checked, linted or tested: The packages were not installed\./);
    assert.deepEqual(others, []);
  });

  it('lets the linter mend what it can before the model is asked, and checks that again', async () => {
    const [screen] = goodFiles('alpha');
    assert.ok(screen !== undefined);
    const lint = { check: 'lint', path: screen.path, line: 1, message: 'Use const.' } as const;
    const checker = new FakeChecker(([slice]) => (slice?.files.some(isMended) ? [] : [lint]));
    const fix = () => Promise.resolve([{ ...screen, content: `${screen.content}export const mended = 1;\n` }]);
    const { steps, report } = await run(
      workOf('alpha'),
      sessionOf(modelFor(good('alpha')), { checker: Object.assign(checker, { fix }) }),
    );
    assert.deepEqual(statesOf(steps, 'alpha'), ['writing', 'checking', 'accepted']);
    assert.equal(checker.checked.length, 2);
    assert.ok(report?.accepted[0]?.files.some(isMended));
    assert.equal(streamed(steps).get(screen.path), report?.accepted[0]?.files.find(isMended)?.content);
  });

  it('inspects what the linter made of a file', async () => {
    const [screen] = goodFiles('alpha');
    assert.ok(screen !== undefined);
    const lint = { check: 'lint', path: screen.path, line: 1, message: 'Use const.' } as const;
    const fix = () => Promise.resolve([{ ...screen, content: `${screen.content}export const mended = eval('1');\n` }]);
    const checker = Object.assign(new FakeChecker(() => [lint]), { fix });
    const model = modelFor({
      alpha: Array.from({ length: 4 }, () => files(...goodFiles('alpha'))),
    });
    const { report } = await run(workOf('alpha'), sessionOf(model, { checker }));
    assert.match(outcomeOf(report, 'alpha')?.reason ?? '', /"eval" may not be used/);
  });

  it('asks the model where there is nothing that the linter could mend', async () => {
    const lint = { check: 'lint', path: planOf('alpha').screenFile, line: 1, message: 'Use const.' } as const;
    let tries = 0;
    const checker = new FakeChecker(() => {
      tries += 1;
      return tries === 1 ? [lint] : [];
    });
    const model = modelFor({ alpha: [files(...goodFiles('alpha')), files(...goodFiles('alpha', 'Good day'))] });
    const { steps } = await run(
      workOf('alpha'),
      sessionOf(model, { checker: Object.assign(checker, { fix: () => Promise.resolve([]) }) }),
    );
    assert.deepEqual(statesOf(steps, 'alpha'), ['writing', 'checking', 'repairing', 'checking', 'accepted']);
  });

  it('accepts nothing where checking itself fails, tries it once more, and says why', async () => {
    let tries = 0;
    const checker = new FakeChecker(() => {
      tries += 1;
      throw Object.assign(new Error("ENOSPC: no space left on device, write '/home/someone/.cache/x'"), {
        code: 'ENOSPC',
      });
    });
    const { steps, report } = await run(workOf('alpha'), sessionOf(modelFor(good('alpha')), { checker }));
    assert.equal(tries, 2);
    assert.deepEqual(report?.accepted, []);
    assert.equal(outcomeOf(report, 'alpha')?.status, 'left-out');
    assert.equal(outcomeOf(report, 'alpha')?.reason, 'It could not be checked: ENOSPC: no space left on device.');
    assert.deepEqual([...streamed(steps)], []);
  });

  it('accepts what the second try of a check finds good', async () => {
    let tries = 0;
    const checker = new FakeChecker(() => {
      tries += 1;
      if (tries === 1) throw new Error('spurious');
      return [];
    });
    const { report } = await run(workOf('alpha'), sessionOf(modelFor(good('alpha')), { checker }));
    assert.deepEqual(outcomeOf(report, 'alpha')?.checked, ['syntax', 'imports', 'types', 'lint', 'tests']);
  });

  it('leaves out only the slice with which checking fails', async () => {
    const slugs = ['alpha', 'beta', 'gamma'];
    const checker = new FakeChecker((slices) => {
      if (slices.some(({ plan }) => plan.slug === 'beta')) throw new Error('The check broke.');
      return [];
    });
    const { report } = await run(workOf(...slugs), sessionOf(modelFor(good(...slugs)), { checker }));
    assert.deepEqual(
      report?.accepted.map(({ plan }) => plan.slug),
      ['alpha', 'gamma'],
    );
    assert.match(outcomeOf(report, 'beta')?.reason ?? '', /could not be checked: The check broke\./);
  });

  it('says that tests were not run, why, and what that means', async () => {
    const why = 'this Node.js cannot shut tests in';
    const checker = new FakeChecker(() => [], why, ['types', 'lint']);
    const { steps, report } = await run(
      workOf('alpha', 'beta'),
      sessionOf(modelFor(good('alpha', 'beta')), { checker }),
    );
    assert.equal(report?.accepted.length, 2);
    const outcome = outcomeOf(report, 'alpha');
    assert.deepEqual(outcome?.checked, ['syntax', 'imports', 'types', 'lint']);
    assert.equal(outcome?.whyUnchecked, 'This Node.js cannot shut tests in.');
    const [notice, ...others] = noticesOf(steps);
    assert.match(
      notice ?? '',
      /type-checked and linted, but its tests were not run: this Node\.js cannot shut tests in\. /,
    );
    assert.match(notice ?? '', /with your rights/);
    assert.deepEqual(others, []);
  });

  it('never runs what the inspection refuses', async () => {
    const checker = new FakeChecker();
    const hostile = brokenFiles('alpha', "process.exit(1);\n  return <p>{eval('1')}</p>;");
    const replies = { alpha: [files(...hostile), files()] };
    const { report } = await run(workOf('alpha'), sessionOf(modelFor(replies), { checker }));
    assert.deepEqual(checker.checked, []);
    assert.equal(outcomeOf(report, 'alpha')?.status, 'left-out');
  });

  it('quotes files and problems to the model, and streams what it repairs from the beginning', async () => {
    const { screenFile } = planOf('alpha');
    const checker = new FakeChecker(([slice]) =>
      slice?.files.some(({ content }) => content.includes('Mended')) ? [] : [typeProblem(screenFile)],
    );
    const [mended] = goodFiles('alpha', 'Mended');
    assert.ok(mended !== undefined);
    const model = modelFor({ alpha: [files(...goodFiles('alpha')), files(mended)] });
    const { steps, report } = await run(workOf('alpha'), sessionOf(model, { checker }));
    const repair = model.prompts[1]?.task ?? '';
    assert.ok(repair.includes(`- [types] ${screenFile}:2: Type 'string' is not assignable to type 'number'.`));
    assert.ok(repair.includes(`<file path="${screenFile}">\n${goodFiles('alpha')[0]?.content}</file>`));
    assert.deepEqual(statesOf(steps, 'alpha'), ['writing', 'checking', 'repairing', 'checking', 'accepted']);
    assert.deepEqual(streamed(steps), acceptedFiles(report));
    assert.ok(acceptedFiles(report).get(screenFile)?.includes('Mended'));
  });

  it('gives up when the same problem comes back, whatever its line', async () => {
    const { screenFile } = planOf('alpha');
    let line = 1;
    const checker = new FakeChecker(() => [
      typeProblem(screenFile, `Type 'string' is not assignable (column ${line}).`, line++),
    ]);
    const model = modelFor({ alpha: [files(...goodFiles('alpha')), files(...goodFiles('alpha', 'Again'))] });
    const { steps, report } = await run(workOf('alpha'), sessionOf(model, { checker }));
    assert.equal(model.prompts.length, 2);
    assert.equal(
      outcomeOf(report, 'alpha')?.reason,
      `Its code did not type-check after 2 attempts: ${screenFile}:2: Type 'string' is not assignable (column 2).`,
    );
    assert.deepEqual([...streamed(steps)], []);
  });

  it('gives up after three repairs of different problems', async () => {
    const { screenFile } = planOf('alpha');
    const words = ['one', 'two', 'three', 'four', 'five'];
    const checker = new FakeChecker(() => [typeProblem(screenFile, `Problem ${words.shift()}.`)]);
    const again = files(...goodFiles('alpha'));
    const model = modelFor({ alpha: [again, again, again, again, again] });
    const { report } = await run(workOf('alpha'), sessionOf(model, { checker }));
    assert.equal(model.prompts.length, 4);
    assert.match(outcomeOf(report, 'alpha')?.reason ?? '', /after 4 attempts: .*Problem four\./);
  });

  it('checks one set after another, and together what becomes ready meanwhile', async () => {
    const slugs = Array.from({ length: 6 }, (_, index) => `s${index}`);
    const checker = new FakeChecker();
    const model = modelFor(good(...slugs), { limits: { parallel: 6 } });
    const { report } = await run(workOf(...slugs), sessionOf(model, { checker }));
    assert.equal(report?.accepted.length, 6);
    assert.equal(checker.mostParallel, 1);
    assert.ok(checker.checked.length <= 3, `${checker.checked.length} checks`);
  });

  it('does not blame slices for what is wrong without them', async () => {
    const broken = {
      check: 'tests',
      path: undefined,
      line: undefined,
      message: 'The database does not start.',
    } as const;
    const checker = new FakeChecker(() => [broken]);
    const model = modelFor(good('alpha', 'beta'));
    const { steps, report } = await run(workOf('alpha', 'beta'), sessionOf(model, { checker }));
    assert.equal(model.prompts.length, 2);
    assert.deepEqual(outcomeOf(report, 'alpha')?.checked, ['syntax', 'imports']);
    assert.match(noticesOf(steps)[0] ?? '', /checks do not work here \(The database does not start\.\)/);
  });

  it('never speaks of files at other places, and has them repaired', async () => {
    const stray = { path: '../../.ssh/authorized_keys', content: 'key' };
    const locked = { path: 'src/client/app/layout.tsx', content: 'export {};' };
    const model = modelFor({ alpha: [files(...goodFiles('alpha'), stray, locked), files()] });
    const { steps, report } = await run(workOf('alpha'), sessionOf(model));
    const said = new Set(steps.flatMap((step) => (step.kind === 'chunk' ? [step.data.file] : [])));
    assert.deepEqual(
      [...said].sort(),
      goodFiles('alpha')
        .map(({ path }) => path)
        .sort(),
    );
    assert.match(model.prompts[1]?.task ?? '', /is not a path within the project/);
    assert.match(model.prompts[1]?.task ?? '', /belongs to the project and cannot be changed/);
    assert.deepEqual(streamed(steps), acceptedFiles(report));
    assert.equal(report?.accepted.length, 1);
  });

  it('leaves out a slice with rest-unchanged code, and says why', async () => {
    const placeholder = brokenFiles('alpha', '// ... rest of the code unchanged\n  return <p>Hello</p>;');
    const model = modelFor({ alpha: [files(...placeholder), files(...placeholder)] });
    const { report } = await run(workOf('alpha'), sessionOf(model));
    assert.match(outcomeOf(report, 'alpha')?.reason ?? '', /not complete and correct after 2 attempts/);
  });
});

describe('slices together', () => {
  it('leaves out the last of two that stand in each other’s way', async () => {
    const clash = (slices: readonly Slice[]) =>
      slices.length > 1
        ? slices.map(({ plan }) => ({ ...typeProblem(plan.screenFile, 'Duplicate.'), check: 'tests' as const }))
        : [];
    const checker = new FakeChecker(clash);
    const { steps, report } = await run(
      workOf('alpha', 'beta'),
      sessionOf(modelFor(good('alpha', 'beta')), { checker }),
    );
    assert.deepEqual(
      report?.accepted.map(({ plan }) => plan.slug),
      ['alpha'],
    );
    assert.match(
      outcomeOf(report, 'beta')?.reason ?? '',
      /did not work together with the other features: .*Duplicate\./,
    );
    assert.deepEqual(streamed(steps), acceptedFiles(report));
    assert.deepEqual(checker.checked.slice(-2), [['alpha', 'beta'], ['alpha']]);
  });

  it('finds the one at fault where the problem is in no file', async () => {
    const slugs = ['s0', 's1', 's2', 's3', 's4', 's5', 's6', 's7'];
    const checker = new FakeChecker((slices) => {
      const names = slices.map(({ plan }) => plan.slug);
      return names.includes('s2') && names.includes('s5')
        ? [{ check: 'tests', path: undefined, line: undefined, message: 'It broke.' }]
        : [];
    });
    const { report } = await run(workOf(...slugs), sessionOf(modelFor(good(...slugs)), { checker }));
    assert.deepEqual(
      report?.accepted.map(({ plan }) => plan.slug),
      slugs.filter((slug) => slug !== 's5'),
    );
    assert.ok(checker.checked.length <= 8 + 5, `${checker.checked.length} checks`);
  });

  it('are left out where they cannot be checked together', async () => {
    const store = new MemoryWorkStore();
    for (const slug of ['alpha', 'beta'])
      await run(workOf(slug), sessionOf(modelFor(good(slug)), { store, checker: new FakeChecker() }));
    const checker = new FakeChecker(() => {
      throw new Error('The check broke.');
    });
    const { report } = await run(workOf('alpha', 'beta'), sessionOf(modelFor({}), { store, checker }));
    assert.deepEqual(checker.checked, [
      ['alpha', 'beta'],
      ['alpha', 'beta'],
    ]);
    assert.deepEqual(report?.accepted, []);
    assert.equal(
      outcomeOf(report, 'alpha')?.reason,
      'It could not be checked together with the other features: The check broke.',
    );
  });
});

function isMended({ content }: { content: string }): boolean {
  return content.includes('mended');
}
