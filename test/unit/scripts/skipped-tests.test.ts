import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { summaryOf } from '../../../scripts/test-summary.mjs';

const run = promisify(execFile);

const suite = `
import { skip } from '${pathToFileURL(resolve('test/support/skip.ts')).href}';
describe('A printer', () => {
  it('prints', () => {});
  it('prints in colour', function () { skip(this, 'There is no ink. Buy some.'); });
  it('staples', function () { this.skip(); });
  describe('in the network', () => {
    before(function () { skip(this, 'There is no network. Plug it in.'); });
    it('is found', () => {});
    it('is shared', () => {});
  });
});
`;

describe('Skipped tests', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'takoss-skipped-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('are reported with the reason that their test or hook gives, in the output and for the summary', async () => {
    const test = join(folder, 'printer.mjs');
    const report = join(folder, 'report.ndjson');
    await writeFile(test, suite);
    const args = [resolve('node_modules/mocha/bin/mocha.js'), '--no-config', '--reporter'];
    const environment = { ...process.env, TAKOSS_TEST_REPORT: report };
    const { stdout } = await run(process.execPath, [...args, resolve('scripts/mocha-reporter.mjs'), test], {
      env: environment,
    });
    const lines = (await readFile(report, 'utf8')).trimEnd().split('\n');
    assert.deepEqual(
      lines.map((line) => JSON.parse(line)),
      [
        {
          passes: 1,
          failures: 0,
          pending: 4,
          skipped: [
            { title: 'A printer prints in colour', reason: 'There is no ink. Buy some.', tests: 1 },
            { title: 'A printer staples', reason: 'The test gives no reason.', tests: 1 },
            { title: 'A printer in the network', reason: 'There is no network. Plug it in.', tests: 2 },
          ],
        },
      ],
    );
    assert.match(stdout, /Skipped: A printer in the network \(2 tests\)\n +There is no network\. Plug it in\./);
  });

  const unit = { title: 'Unit tests', ok: true, passes: 7, failures: 0, pending: 3, seconds: 1.25 };
  const webview = { title: 'Tests in a browser', ok: false, passes: 0, failures: 1, pending: 0, seconds: 0 };

  it('stand in the summary with their reasons, and so do sections that could not run', () => {
    const summary = summaryOf(
      [
        { ...unit, skipped: [{ title: 'A printer', reason: 'There is no ink. Buy some.', tests: 3 }] },
        { ...webview, skipped: [], lack: 'No browser was found. Install one.' },
      ],
      [],
    );
    assert.match(summary, /✓ Unit tests +1\.3 s {2}7 passed, 0 failed, 3 skipped\n/);
    assert.match(summary, /✗ Tests in a browser +0\.0 s {2}could not run\n/);
    assert.match(summary, /Skipped: A printer \(3 tests\)\n {2}There is no ink\. Buy some\.\n/);
    assert.match(summary, /Could not run: Tests in a browser\n {2}No browser was found\. Install one\.\n/);
    assert.match(summary, /\n7 passed, 1 failed, 3 skipped$/);
  });

  it('are told from what is left out until it is asked for, which the summary names with its command', () => {
    const left = [{ title: 'Printing a book', why: 'takes an hour', how: 'npm test -- book' }];
    const summary = summaryOf([{ ...unit, pending: 0, skipped: [] }], left);
    assert.match(summary, /Not part of this run: Printing a book \(takes an hour\): npm test -- book\n/);
    assert.match(summary, /\n7 passed, 0 failed$/);
  });
});
