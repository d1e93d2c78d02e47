import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { LanguageModel } from '../language-model/extension.ts';
import { factsOf } from '../language-model/prompt.ts';
import { exists, filesBelow, freshPlace, readText } from '../support/folders.ts';
import { blogRequest, blogSlices, languageModel, resetSettings, set, setting } from '../support/models.ts';
import { failureOf, generate, stateWhere, takoss, until } from '../support/takoss.ts';

describe('A language model of VS Code', () => {
  let model: LanguageModel;
  let request: Awaited<ReturnType<typeof blogRequest>>;

  before(async () => {
    model = await languageModel();
    request = await blogRequest();
    await takoss();
  });
  beforeEach(async () => {
    model.script = model.good;
    model.prompts.length = 0;
    await set({ checks: 'basic' });
  });
  afterEach(resetSettings);

  const agreed = () => set({ vscodeModel: 'takoss-test/test-model-large' });

  it('is used once the user has agreed, and writes what rules cannot', async () => {
    const folder = await freshPlace();
    const running = generate({ folder, ...request });
    await until(
      () => setting('vscodeModel') !== '',
      () => vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem'),
    );
    assert.equal(setting('vscodeModel'), 'takoss-test/test-model-large', 'the one with the most room comes first');
    const project = await running;
    assert.ok(project);

    const { run, engine } = (await takoss()).state;
    assert.equal(run.status, 'succeeded');
    assert.deepEqual(engine, { kind: 'vscode-lm', label: 'Test Model Large of VS Code' });
    assert.deepEqual(
      run.slices.map(({ feature, status, checked }) => [feature.length > 0, status, checked]),
      blogSlices.map(() => [true, 'accepted', ['syntax', 'imports']]),
    );
    assert.ok(run.found.entities.includes('Post'), 'entities were shown while they were found');
    assert.ok((run.usage?.outputTokens ?? 0) > 1000 && (run.usage?.inputTokens ?? 0) > 10_000);
    assert.equal(run.usage?.costUsd, undefined);
    assert.deepEqual(project.shortfalls, ['2 features were not type-checked and tested.']);
    assert.deepEqual(await filesBelow(folder), [...project.files].sort());
    for (const slug of blogSlices) {
      assert.match(await readText(folder, `src/client/modules/${slug}/screen.tsx`), /export function Screen/);
    }
    assert.match(await readText(folder, 'src/server/modules/keep-reading-list/module.ts'), /\/api\/keep-reading-list/);
  });

  it('is not asked about again', async () => {
    await agreed();
    assert.ok(await generate({ folder: await freshPlace(), ...request }));
    assert.equal((await takoss()).state.engine?.kind, 'vscode-lm');
    assert.deepEqual(model.prompts, [], 'nothing that was finished in the last run is asked for again');
  });

  it('is asked about only: who leaves the question starts nothing', async () => {
    const folder = await freshPlace();
    const before = (await takoss()).state;
    let isOver = false;
    const running = generate({ folder, ...request }).finally(() => {
      isOver = true;
    });
    await until(
      () => isOver,
      () => vscode.commands.executeCommand('workbench.action.closeQuickOpen'),
    );
    assert.equal(await running, undefined);
    assert.equal((await takoss()).state, before);
    assert.deepEqual(model.prompts, []);
    assert.equal(await exists(folder), false);
  });

  it('that cannot be used ends the run with another choice', async () => {
    await agreed();
    const folder = await freshPlace();
    for (const [error, code, action] of [
      [vscode.LanguageModelError.Blocked('No.'), 'model-credit', 'choose-model'],
      [vscode.LanguageModelError.NotFound('No.'), 'model-unknown', 'choose-model'],
      [vscode.LanguageModelError.NoPermissions('No.'), 'model-key', 'choose-model'],
      [new Error('Server error: 500'), 'network', 'retry'],
    ] as const) {
      // biome-ignore lint/correctness/useYield: it fails before it says anything.
      model.script = async function* () {
        throw error;
      };
      // What was kept of the runs before would do.
      const failure = await failureOf(
        generate({ folder, ...request, requirements: `${request.requirements}\n${code}.` }),
      );
      assert.equal(failure.code, code);
      assert.match(failure.message, /Test Model Large/);
      assert.equal((await takoss()).state.actions[0], action);
    }
    assert.equal(await exists(folder), false);
  });

  it('can be cancelled in the middle of a file', async () => {
    await agreed();
    const folder = await freshPlace();
    let isCancelled = false;
    model.script = async function* (prompt, token) {
      const { marker, slug } = factsOf(prompt);
      if (marker === undefined) {
        yield* model.good(prompt, token);
        return;
      }
      yield `<<<file ${marker} src/client/modules/${slug}/screen.tsx>>>\nexport function Screen() {\n`;
      await new Promise((resolve) => token.onCancellationRequested(resolve));
      isCancelled = true;
    };
    const requirements = request.requirements.replace('bar chart', 'chart with bars');
    const running = generate({ folder, ...request, requirements });
    await stateWhere(({ run }) => run.files.some(({ path }) => path.includes('show-posts-per-month/')));
    await vscode.commands.executeCommand('takoss.cancelGeneration');
    assert.equal(await running, undefined);
    assert.equal((await takoss()).state.run.status, 'cancelled');
    assert.equal(await exists(folder), false);
    await until(() => isCancelled);
  });

  it('leaves the feature out whose code does not get there, and says so', async () => {
    await agreed();
    model.script = async function* (prompt, token) {
      for await (const piece of model.good(prompt, token)) {
        yield factsOf(prompt).slug === 'show-posts-per-month' ? piece.replaceAll('Screen', 'Scream') : piece;
      }
    };
    const folder = await freshPlace();
    const requirements = request.requirements.replace('bar chart', 'diagram with bars');
    const project = await generate({ folder, ...request, requirements });
    const { run, coverage } = (await takoss()).state;
    assert.deepEqual(run.slices.map(({ status }) => status).sort(), ['accepted', 'left-out']);
    assert.match(project?.shortfalls[0] ?? '', /^1 feature was left out: .+\.$/);
    assert.ok(coverage?.uncovered.some(({ text, note }) => text.includes('diagram') && note !== ''));
    assert.equal(await exists(vscode.Uri.joinPath(folder, 'src/client/modules/show-posts-per-month')), false);
    assert.ok(await exists(vscode.Uri.joinPath(folder, 'src/client/modules/keep-reading-list/screen.tsx')));
  });
});
