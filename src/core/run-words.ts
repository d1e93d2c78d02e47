import type { CoverageParts } from './coverage-parts.ts';
import type { ModelUsage, UsageEstimate } from './model-usage.ts';
import type { RunWarning } from './run-warning.ts';
import type { SliceOutcome } from './slice-outcome.ts';

/** The words in which every surface says what a run used and what became of its features. */

/** Dollars as people read them: cents, and below a cent as much as it takes to see something. */
export function formatUsd(amount: number): string {
  if (amount === 0) return '$0.00';
  if (amount < 0.0001) return '<$0.0001';
  return amount < 0.01 ? `$${amount.toFixed(4).replace(/0+$/, '')}` : `$${amount.toFixed(2)}`;
}

/** `812`, `9.4k`, `62k`, `1.2M`. */
export function formatTokens(tokens: number): string {
  if (tokens < 1000) return String(tokens);
  const [value, unit] = tokens < 999_500 ? [tokens / 1000, 'k'] : [tokens / 1_000_000, 'M'];
  return `${value < 9.95 ? value.toFixed(1).replace(/\.0$/, '') : Math.round(value)}${unit}`;
}

/** `$0.07 of about $0.40`; undefined where the price is not known. */
export function describeCost({ costUsd }: ModelUsage, estimate?: UsageEstimate): string | undefined {
  if (costUsd === undefined) return undefined;
  const expected = estimate?.costUsd ?? 0;
  // An estimate that has been passed tells nothing any more.
  return expected > costUsd ? `${formatUsd(costUsd)} of about ${formatUsd(expected)}` : formatUsd(costUsd);
}

/** What a run used, fact by fact: `$0.07 of about $0.40`, `budget $1.00`, `62k read (48k cached)`, `9k written`. */
export function usageFacts(usage: ModelUsage, estimate?: UsageEstimate): readonly string[] {
  const { cachedTokens, budgetUsd, thinkingTokens = 0 } = usage;
  const cost = describeCost(usage, estimate);
  const read = usage.inputTokens + usage.cacheWriteTokens + cachedTokens;
  return [
    ...(cost === undefined ? [] : [cost]),
    ...(budgetUsd === undefined ? [] : [`budget ${formatUsd(budgetUsd)}`]),
    `${formatTokens(read)} read${cachedTokens === 0 ? '' : ` (${formatTokens(cachedTokens)} cached)`}`,
    `${writtenOf(usage, cost === undefined ? estimate : undefined)} written${thinkingTokens === 0 ? '' : ` (${formatTokens(thinkingTokens)} thinking)`}`,
  ];
}

/** `9k of about 31k`: where the price is not known, tokens are all there is to compare. */
function writtenOf({ outputTokens }: ModelUsage, estimate: UsageEstimate | undefined): string {
  const expected = estimate?.outputTokens ?? 0;
  const written = formatTokens(outputTokens);
  return expected > outputTokens ? `${written} of about ${formatTokens(expected)}` : written;
}

/** A warning in a few words, for a headline. */
export function shortWarning({ code }: RunWarning): string {
  return code === 'nothing-understood'
    ? 'Nothing in the requirements was understood'
    : 'Nothing in the requirements could be built';
}

/** `3 of 5 sentences covered`, `1 in part`, `1 left out as asked`: the numbers of sentences, those that are none left out. */
export function coverageFacts(parts: { readonly [Part in keyof CoverageParts]: readonly unknown[] }): string[] {
  const { covered, inPart, uncovered, leftOut, later, context } = parts;
  const asking = covered.length + inPart.length + uncovered.length + leftOut.length + later.length;
  const counts: readonly (readonly [number: number, what: string])[] = [
    [inPart.length, 'in part'],
    [leftOut.length, 'left out as asked'],
    [later.length, 'for later'],
    [context.length, context.length === 1 ? 'asks for nothing' : 'ask for nothing'],
  ];
  return [
    `${covered.length} of ${asking} ${asking === 1 ? 'sentence' : 'sentences'} covered`,
    ...counts.flatMap(([number, what]) => (number === 0 ? [] : [`${number} ${what}`])),
  ];
}

/** How far a feature that is ready can be trusted: `type-checked and tested`, `kept from the last run`. */
export function checkFacts({ checked, isKept }: SliceOutcome): readonly string[] {
  return [
    ...(checked === undefined ? [] : [describeChecks(checked)]),
    ...(isKept === true ? ['kept from the last run'] : []),
  ];
}

function describeChecks(checked: NonNullable<SliceOutcome['checked']>): string {
  const [hasTypes, hasTests] = [checked.includes('types'), checked.includes('tests')];
  if (hasTypes) return hasTests ? 'type-checked and tested' : 'type-checked, not tested';
  return hasTests ? 'tested, not type-checked' : 'not type-checked or tested';
}
