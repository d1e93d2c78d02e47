import type { GenerationResult } from '../core/events.ts';
import { describeCost, usageFacts } from '../core/run-words.ts';
import type { SliceOutcome } from '../core/slice-outcome.ts';

/** A line of the summary, with how it stands out. */
export interface SummaryLine {
  readonly text: string;
  readonly style?: 'yellow' | 'dim';
}

/** What a model did in a run that ended well: what it wrote and cost, what was left out and why, what was not checked. */
export function modelSummary({ usage, slices = [] }: GenerationResult): readonly SummaryLine[] {
  if (usage === undefined) return [];
  const ready = slices.filter(({ status }) => status === 'accepted');
  const leftOut = slices.filter(({ status }) => status === 'left-out');
  const wrote = slices.length === 0 ? '' : ` wrote ${ready.length} of ${slices.length} features`;
  const facts = usageFacts(usage);
  const cost = describeCost(usage);
  const lines: SummaryLine[] = [
    {
      text:
        cost === undefined
          ? `${usage.model}${wrote} (${facts.join(', ')}).`
          : `${usage.model}${wrote} for ${cost} (${facts.slice(1).join(', ')}).`,
    },
  ];
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
  }
  return lines;
}

function has({ checked = [] }: SliceOutcome, check: 'types' | 'tests'): boolean {
  return checked.includes(check);
}
