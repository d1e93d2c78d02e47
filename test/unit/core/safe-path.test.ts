import assert from 'node:assert/strict';
import { TakossError } from '../../../src/core/errors.ts';
import { assertSafePath } from '../../../src/core/safe-path.ts';

describe('safe paths', () => {
  for (const path of ['README.md', 'src/client/app.tsx', '.github/workflows/ci.yml', '.env.example', 'a/b.c/d-e_f']) {
    it(`lets ${path} through`, () => assert.equal(assertSafePath(path), path));
  }

  for (const path of [
    '',
    '.',
    '/etc/passwd',
    '../up',
    'a/../../up',
    'a/./b',
    'a//b',
    'a/',
    'C:/Windows/x',
    'c:x',
    '\\\\server\\share',
    'a\\b',
    '..\\up',
    '.git/hooks/pre-commit',
    'sub/.GIT/config',
    '.vscode/tasks.json',
    'node_modules/x/index.js',
    'src/con.ts',
    'aux',
    'a/trailing.',
    'a/trailing ',
    'a/ leading',
    'nul\0byte',
    'a:stream',
    'star*',
    'new\nline',
    'rtl\u202etxt.exe',
    'x'.repeat(201),
    `a/${'x'.repeat(121)}`,
  ]) {
    it(`refuses ${JSON.stringify(path.slice(0, 40))}`, () => {
      assert.throws(
        () => assertSafePath(path),
        (error: unknown) => error instanceof TakossError && error.code === 'unsafe-path',
      );
    });
  }
});
