import { appendFileSync } from 'node:fs';
import Mocha from 'mocha';

/**
 * The spec reporter, which also leaves the counts of the run where `npm test` adds them up: one line of JSON in the
 * file that TAKOSS_TEST_REPORT names.
 */
// Mocha loads reporters by their default export.
// biome-ignore lint/style/noDefaultExport: see above
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once('end', () => {
      const report = process.env.TAKOSS_TEST_REPORT;
      if (report === undefined) return;
      const { passes, failures, pending } = this.stats;
      appendFileSync(report, `${JSON.stringify({ passes, failures, pending })}\n`);
    });
  }
}
