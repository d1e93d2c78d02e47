import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { initialRunState } from '../../../src/core/run-state.ts';
import type { TrackerState } from '../../../src/protocol/messages.ts';
import { RunController } from '../../../src/vscode/run-controller.ts';
import { RunMemory } from '../../../src/vscode/run-memory.ts';
import { UndoStore } from '../../../src/vscode/undo-store.ts';

function controllerAfterReload(stored: Readonly<Record<string, unknown>>): RunController {
  const memento: vscode.Memento = {
    keys: () => Object.keys(stored),
    get: (key: string, fallback?: unknown) => stored[key] ?? fallback,
    update: async () => undefined,
  };
  const log = vscode.window.createOutputChannel('Takoss Test', { log: true });
  const undo = new UndoStore(vscode.Uri.file('/nowhere'));
  const createGenerator = () => Promise.reject(new Error('Nothing is to be generated here.'));
  return new RunController({
    log,
    memory: new RunMemory(memento),
    undo,
    createGenerator,
    canStartPrograms: true,
    canResume: true,
  });
}

const plan = { request: { projectName: 'Shop', description: '', requirements: 'Sell shoes.' }, folder: 'file:///shop' };

function stateOf(run: Partial<TrackerState['run']>): TrackerState {
  return {
    projectName: 'Shop',
    isInterrupted: false,
    target: 'shop',
    actions: ['cancel'],
    coverage: undefined,
    run: { ...initialRunState, ...run },
  };
}

describe('after a reload of the window', () => {
  it('a run that was on is shown as interrupted, with Retry and the request it had', async () => {
    const phase = {
      name: 'database',
      title: 'Database',
      message: '',
      percent: 40,
      tasks: [],
      taskIndex: 0,
      taskTotal: 0,
    };
    const state = stateOf({
      status: 'running',
      progress: 55,
      phases: [{ ...phase, status: 'running', startedAt: 1, endedAt: undefined }],
    });
    const runs = controllerAfterReload({ 'takoss.state': { version: 2, state }, 'takoss.plan': plan });
    assert.equal(runs.state.run.status, 'cancelled');
    assert.equal(runs.state.isInterrupted, true);
    assert.match(runs.state.run.error?.message ?? '', /window was reloaded while Shop.*Nothing was written.*Retry/);
    assert.equal(runs.state.run.phases[0]?.status, 'cancelled');
    assert.deepEqual(runs.state.actions, ['retry', 'clear']);
    assert.equal(runs.isRunning, false);
    assert.deepEqual((await runs.lastPlan())?.request, plan.request);
    assert.equal((await runs.lastPlan())?.folder.path, '/shop');
  });

  it('a run that had ended is shown as it was', () => {
    const state: TrackerState = {
      ...stateOf({ status: 'succeeded', progress: 100 }),
      actions: ['open-readme', 'undo'],
    };
    const runs = controllerAfterReload({ 'takoss.state': { version: 2, state } });
    assert.deepEqual(runs.state, state);
  });

  it('what an unknown version left is ignored', async () => {
    const runs = controllerAfterReload({
      'takoss.state': { version: 99, state: 'what?' },
      'takoss.plan': { folder: 7 },
    });
    assert.equal(runs.state.run.status, 'idle');
    assert.deepEqual(runs.state.actions, ['generate']);
    assert.equal(await runs.lastPlan(), undefined);
  });
});
