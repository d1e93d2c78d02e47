/**
 * @typedef {{ title: string, reason: string, tests?: number }} Skipped tests that were skipped together; without a number, it is not known
 * @typedef {{ title: string, ok: boolean, passes: number, failures: number, pending: number, skipped: Skipped[], seconds: number, lack?: string }} Result
 *   of a section; `lack` says why it could not run and what to do
 * @typedef {{ title: string, why: string, how: string }} LeftOut a section that runs only when it is asked for
 */

/** @param {Skipped} skipped */
function skippedTitle({ title, tests = 1 }) {
  return `Skipped: ${title}${tests === 1 ? '' : ` (${tests} tests)`}`;
}

/** @param {Skipped} skipped @returns {string[]} two lines: what was skipped, and why and what to do */
export function skippedLines(skipped) {
  return [skippedTitle(skipped), `  ${skipped.reason}`];
}

/** @param {Result} result */
function sectionLine({ title, ok, passes, failures, pending, seconds, lack }) {
  const parts = passes + failures + pending > 0 ? [`${passes} passed`, `${failures} failed`] : [];
  if (pending > 0) parts.push(`${pending} skipped`);
  const counts = lack === undefined ? parts.join(', ') : 'could not run';
  return `${ok ? '✓' : '✗'} ${title.padEnd(40)} ${seconds.toFixed(1).padStart(6)} s  ${counts}`.trimEnd();
}

/**
 * What `npm test` ends with: a line per section, what was not tested and why, and the sums.
 * @param {readonly Result[]} results
 * @param {readonly LeftOut[]} leftOut
 */
export function summaryOf(results, leftOut) {
  const lines = results.map(sectionLine);
  const notTested = results.flatMap(({ title, lack, skipped }) => [
    ...(lack === undefined ? [] : [`Could not run: ${title}`, `  ${lack}`]),
    ...skipped.flatMap(skippedLines),
  ]);
  if (notTested.length > 0) lines.push('', ...notTested);
  if (leftOut.length > 0) lines.push('');
  for (const { title, why, how } of leftOut) lines.push(`Not part of this run: ${title} (${why}): ${how}`);

  const sum = (/** @type {'passes' | 'failures' | 'pending'} */ key) =>
    results.reduce((total, result) => total + result[key], 0);
  const skipped = sum('pending');
  lines.push('', `${sum('passes')} passed, ${sum('failures')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return lines.join('\n');
}
