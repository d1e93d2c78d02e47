import type { GenerationResult } from '../core/events.ts';
import type { ModelUsage } from '../core/model-usage.ts';
import { describeCost, usageFacts } from '../core/run-words.ts';
import type { SliceOutcome } from '../core/slice-outcome.ts';

/** A line of the summary, with how it stands out. */
export interface SummaryLine {
  readonly text: string;
  readonly style?: 'yellow' | 'dim';
}

/** What a model did in a run that ended well: what it wrote and cost, what was left out and why, what was not checked. */
export function modelSummary({
  usage,
  slices = [],
}: Pick<GenerationResult, 'usage' | 'slices'>): readonly SummaryLine[] {
  if (usage === undefined && slices.length === 0) return [];
  const ready = slices.filter(({ status }) => status === 'accepted');
  const leftOut = slices.filter(({ status }) => status === 'left-out');
  const kept = ready.filter(({ isKept }) => isKept === true).length;
  const lines: SummaryLine[] = [{ text: headline(usage, slices.length, ready.length - kept, kept) }];
  for (const { title, reason } of leftOut) {
    lines.push({ text: `  – Left out: ${title}`, style: 'yellow' });
    if (reason !== undefined) lines.push({ text: `    ${reason}`, style: 'dim' });
  }
  for (const [checks, what] of [
    [(slice: SliceOutcome) => !has(slice, 'types') && !has(slice, 'tests'), 'Not type-checked or tested'],
    [(slice: SliceOutcome) => !has(slice, 'types') && has(slice, 'tests'), 'Not type-checked'],
    [(slice: SliceOutcome) => has(slice, 'types') && !has(slice, 'tests'), 'Not tested'],
  ] as const) {
    const titles = ready.filter(checks).map(({ title }) => title);
    if (titles.length > 0) lines.push({ text: `  ${what}: ${titles.join(', ')}`, style: 'yellow' });
    const why = ready.find((slice) => checks(slice) && slice.whyUnchecked !== undefined)?.whyUnchecked;
    if (why !== undefined) lines.push({ text: `    ${why}`, style: 'dim' });
  }
  return lines;
}

/** `claude-sonnet-5-5 wrote 3 of 5 features for $0.38 (118k read, 31k written). 1 is kept from the last run.` */
function headline(usage: ModelUsage | undefined, all: number, written: number, kept: number): string {
  const keptSentence = kept === 0 ? '' : ` ${kept} ${kept === 1 ? 'is' : 'are'} kept from the last run.`;
  // What was kept from an earlier run, and what the budget does not allow, was asked of nobody.
  if (usage === undefined) {
    return kept === 0
      ? 'The model was asked nothing.'
      : `The model was asked nothing: ${kept} of ${all} features are ready from the last run.`;
  }
  const cost = describeCost(usage);
  const did = all === 0 || kept === all ? 'read the requirements' : `wrote ${written} of ${all} features`;
  const facts = usageFacts(usage).slice(cost === undefined ? 0 : 1);
  return `${usage.model} ${did}${cost === undefined ? '' : ` for ${cost}`} (${facts.join(', ')}).${keptSentence}`;
}

function has({ checked = [] }: SliceOutcome, check: 'types' | 'tests'): boolean {
  return checked.includes(check);
}
