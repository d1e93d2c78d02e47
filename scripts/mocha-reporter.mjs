import { appendFileSync } from 'node:fs';
import Mocha from 'mocha';
import { skippedLines } from './test-summary.mjs';

/**
 * The spec reporter, which also says why tests were skipped (test/support/skip.ts), and leaves the counts of the run and what was skipped where
 * `npm test` adds them up: one line of JSON in the file that TAKOSS_TEST_REPORT names.
 */
// Mocha loads reporters by their default export.
// biome-ignore lint/style/noDefaultExport: see above
export default class CountingReporter extends Mocha.reporters.Spec {
  #skipped = new Map();

  constructor(runner, options) {
    super(runner, options);
    runner.on('pending', (test) => this.#skip(test));
    runner.once('end', () => {
      const skipped = [...this.#skipped.values()];
      for (const line of skipped.flatMap(skippedLines)) Mocha.reporters.Base.consoleLog(`  ${line}`);
      const report = process.env.TAKOSS_TEST_REPORT;
      if (report === undefined) return;
      const { passes, failures, pending } = this.stats;
      appendFileSync(report, `${JSON.stringify({ passes, failures, pending, skipped })}\n`);
    });
  }

  /** The tests of a suite that a hook skipped share its reason. */
  #skip(test) {
    let skipped = test;
    while (skipped !== undefined && skipped.skipReason === undefined) skipped = skipped.parent;
    const title = (skipped ?? test).fullTitle();
    const reason = skipped?.skipReason ?? 'The test gives no reason.';
    const { tests = 0 } = this.#skipped.get(title) ?? {};
    this.#skipped.set(title, { title, reason, tests: tests + 1 });
  }
}
