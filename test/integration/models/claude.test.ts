import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { noCredit, refusedKey } from '../../support/model-service/faults.ts';
import { exists, filesBelow, freshPlace, readText } from '../support/folders.ts';
import { ModelServiceProcess } from '../support/model-service.ts';
import { blogRequest, blogSlices, resetSettings, set } from '../support/models.ts';
import { failureOf, generate, stateWhere, takoss } from '../support/takoss.ts';

describe('Claude', () => {
  let service: ModelServiceProcess;
  let request: Awaited<ReturnType<typeof blogRequest>>;

  before(async () => {
    service = await ModelServiceProcess.start();
    request = await blogRequest();
    await takoss();
  });
  after(async () => {
    await resetSettings();
    await service?.stop();
  });
  beforeEach(async () => {
    await service.reset();
    await set({ checks: 'basic', 'claude.baseUrl': service.url });
  });
  afterEach(resetSettings);

  const setKey = (key: string) => Promise.resolve(vscode.commands.executeCommand('takoss.setClaudeApiKey', { key }));
  /** The same requirements in other words: nothing of an earlier run serves. */
  const reworded = (words: string) => ({
    ...request,
    requirements: request.requirements.replace('bar chart', `${words} bar chart`),
  });

  it('without a key ends the run with the button that sets one', async () => {
    await set({ engine: 'claude' });
    const folder = await freshPlace();
    const failure = await failureOf(generate({ folder, ...request }));
    assert.equal(failure.code, 'model-key');
    assert.match(failure.message, /Set your Claude API key/);
    assert.deepEqual((await takoss()).state.actions, ['set-key', 'retry', 'show-log', 'clear']);
    assert.equal(await exists(folder), false);
    const nothing = await failureOf(Promise.resolve(vscode.commands.executeCommand('takoss.clearClaudeApiKey', {})));
    assert.match(nothing.message, /no Claude API key to clear/);
  });

  it('takes a key only once the service has accepted it', async () => {
    const wrong = `sk-ant-wrong-${crypto.randomUUID()}`;
    const refused = await failureOf(setKey(wrong));
    assert.equal(refused.code, 'model-key');
    assert.ok(!refused.message.includes(wrong), refused.message);
    assert.equal((await failureOf(setKey('two words'))).code, 'model-key');

    await set({ 'claude.baseUrl': 'http://127.0.0.1:9' });
    assert.equal((await failureOf(setKey(service.key))).code, 'network');
    await set({ 'claude.baseUrl': 'http://claude.example.com' });
    assert.match((await failureOf(setKey(service.key))).message, /not encrypted/);

    await set({ 'claude.baseUrl': service.url });
    assert.equal(await setKey(service.key), true);
    assert.ok(!JSON.stringify(vscode.workspace.getConfiguration('takoss')).includes(service.key));
  });

  it('reads the requirements and writes what rules cannot, with its cost in sight', async () => {
    const folder = await freshPlace();
    const costs: number[] = [];
    const api = await takoss();
    const listener = api.onDidChangeState(({ run }) => costs.push(run.usage?.costUsd ?? 0));
    const project = await generate({ folder, ...request });
    listener.dispose();
    const { run, engine } = api.state;
    assert.deepEqual(engine, { kind: 'claude', label: 'Claude Sonnet 5.5' }, 'auto: there is a key');
    assert.deepEqual(
      run.slices.map(({ status }) => status),
      ['accepted', 'accepted'],
    );
    assert.equal(run.usage?.model, 'claude-sonnet-5-5');
    assert.ok((run.usage?.costUsd ?? 0) > 0);
    assert.ok(new Set(costs).size > 3, 'it was said while it grew');
    assert.deepEqual(
      costs,
      costs.toSorted((a, b) => a - b),
    );
    assert.ok((run.estimate?.costUsd ?? 0) > 0);
    const files = await filesBelow(folder);
    assert.deepEqual(files, [...(project?.files ?? [])].sort());
    for (const slug of blogSlices) assert.ok(files.includes(`src/client/modules/${slug}/screen.tsx`), slug);
    for (const path of files) assert.ok(!(await readText(folder, path)).includes(service.key), path);
    assert.ok(!JSON.stringify(api.state).includes(service.key));
    assert.deepEqual((await service.asked()).toSorted(), ['analysis', ...blogSlices]);
  });

  it('is paid once for what is finished: Retry goes on', async () => {
    const folder = await freshPlace();
    await service.fail(noCredit, { slug: blogSlices[1] });
    const failure = await failureOf(generate({ folder, ...reworded('coloured') }));
    assert.equal(failure.code, 'model-credit');
    assert.deepEqual((await takoss()).state.actions, ['open-billing', 'retry', 'show-log', 'clear']);
    assert.equal(await exists(folder), false, 'nothing half done is on the disk');

    await service.reset();
    await vscode.commands.executeCommand('takoss.retryGeneration');
    const { run } = (await takoss()).state;
    assert.equal(run.status, 'succeeded');
    assert.deepEqual(run.slices.map(({ isKept = false }) => isKept).sort(), [false, true]);
    assert.deepEqual(await service.asked(), [blogSlices[1]]);
    assert.ok(await exists(vscode.Uri.joinPath(folder, 'src/client/modules/keep-reading-list/screen.tsx')));
  });

  it('whose key is refused in the middle ends the run with Set Claude API Key', async () => {
    await service.fail(refusedKey, { times: 10 });
    const failure = await failureOf(generate({ folder: await freshPlace(), ...reworded('small') }));
    assert.equal(failure.code, 'model-key');
    assert.ok(!failure.message.includes(service.key), failure.message);
    assert.equal((await takoss()).state.actions[0], 'set-key');
  });

  it('of an unknown name ends the run with Choose Model', async () => {
    await set({ model: 'claude-nobody-1' });
    const failure = await failureOf(generate({ folder: await freshPlace(), ...reworded('tall') }));
    assert.equal(failure.code, 'model-unknown');
    assert.equal((await takoss()).state.actions[0], 'choose-model');
  });

  it('can be cancelled in the middle of a slice, and Retry goes on with what was finished', async () => {
    const slow = await ModelServiceProcess.start(300);
    try {
      await set({ 'claude.baseUrl': slow.url });
      const folder = await freshPlace();
      const running = generate({ folder, ...reworded('wide') });
      await stateWhere(({ run }) => run.status === 'running' && run.live?.path.includes('/modules/') === true);
      await vscode.commands.executeCommand('takoss.cancelGeneration');
      assert.equal(await running, undefined);
      assert.equal((await takoss()).state.run.status, 'cancelled');
      assert.equal(await exists(folder), false);

      await set({ 'claude.baseUrl': service.url });
      await service.reset();
      await vscode.commands.executeCommand('takoss.retryGeneration');
      assert.equal((await takoss()).state.run.status, 'succeeded');
      const asked = await service.asked();
      assert.ok(asked.length > 0 && !asked.includes('analysis'), `asked again: ${asked.join(', ')}`);
    } finally {
      await slow.stop();
    }
  });

  it('never passes the budget: the rest is finished by rules, and the result says so', async () => {
    await set({ budgetUsd: 0.06 });
    const folder = await freshPlace();
    const project = await generate({ folder, ...reworded('cheap') });
    const { run } = (await takoss()).state;
    assert.equal(run.status, 'succeeded');
    assert.ok((run.usage?.costUsd ?? 1) <= 0.06, `${run.usage?.costUsd}`);
    assert.equal(run.usage?.budgetUsd, 0.06);
    assert.ok(
      run.notices.some((notice) => /budget/i.test(notice)),
      run.notices.join(' '),
    );
    assert.ok(project?.shortfalls.some((sentence) => /left out/.test(sentence)) || run.slices.length === 0);
    assert.ok(await exists(vscode.Uri.joinPath(folder, 'README.md')));
  });

  it('without a known price takes no budget, and says so before the run', async () => {
    await set({ budgetUsd: 1, model: 'claude-nobody-1' });
    const before = (await takoss()).state;
    const failure = await failureOf(generate({ folder: await freshPlace(), ...request }));
    assert.equal(failure.code, 'invalid-request');
    assert.match(failure.message, /price of claude-nobody-1 is not known/);
    assert.equal((await takoss()).state, before);
    assert.deepEqual(await service.asked(), []);
  });

  it('is not used any more once its key is cleared', async () => {
    await vscode.commands.executeCommand('takoss.clearClaudeApiKey');
    await set({ engine: 'claude' });
    assert.equal((await failureOf(generate({ folder: await freshPlace(), ...request }))).code, 'model-key');
    assert.deepEqual(await service.asked(), []);
  });
});
