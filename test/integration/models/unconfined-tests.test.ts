import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { resetSettings, set, setting } from '../support/models.ts';

describe('Tests that cannot be shut in', () => {
  afterEach(resetSettings);

  it('are asked about, unless the user has said what is to be done with them', async () => {
    assert.equal(setting('unconfinedTests'), 'ask');
    for (const value of ['never', 'always']) {
      await set({ unconfinedTests: value });
      assert.equal(setting('unconfinedTests'), value);
    }
  });

  it('are run by no word of a folder that somebody opens', async () => {
    const configuration = vscode.workspace.getConfiguration('takoss');
    await assert.rejects(
      Promise.resolve(configuration.update('unconfinedTests', 'always', vscode.ConfigurationTarget.Workspace)),
    );
    assert.equal(setting('unconfinedTests'), 'ask');
  });
});
