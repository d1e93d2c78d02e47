import assert from 'node:assert/strict';
import { modelError } from '../../../src/vscode/lm/model-error.ts';

/** An error as VS Code hands it on. */
const error = (message: string, { code, name, cause }: { code?: string; name?: string; cause?: unknown } = {}) =>
  Object.assign(new Error(message, { cause }), code === undefined ? {} : { code }, name === undefined ? {} : { name });

describe('Errors of the language models of VS Code', () => {
  it('become codes of ours with a sentence that names the model', () => {
    for (const [thrown, code] of [
      [error('', { code: 'NoPermissions' }), 'model-key'],
      [error('', { code: 'NotFound' }), 'model-unknown'],
      [error('', { code: 'Blocked' }), 'model-credit'],
      [error('x', { code: 'Unknown', cause: error('x', { name: 'ChatQuotaExceeded' }) }), 'model-credit'],
      [error('x', { name: 'ChatRateLimited' }), 'rate-limit'],
      [error('fetch failed: ENOTFOUND'), 'network'],
      [error('Response got filtered.'), 'model'],
      [error('Server error: 500'), 'network'],
    ] as const) {
      const found = modelError(thrown, 'Model X');
      assert.equal(found.code, code, String(thrown));
      assert.match(found.message, /Model X.*\.$/);
      assert.equal(found.cause, thrown);
    }
    assert.equal(modelError(error('', { name: 'Canceled' }), 'Model X').code, 'cancelled');
  });
});
