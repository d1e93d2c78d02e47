import type { GenerationResult } from '../core/events.ts';

/** Whether a run has something to say beyond that it is done: a sentence for each. */
export function describeShortfalls({ slices = [] }: Pick<GenerationResult, 'slices'>): readonly string[] {
  const leftOut = slices.filter(({ status }) => status === 'left-out');
  const accepted = slices.filter(({ status }) => status === 'accepted');
  const unchecked = accepted.filter(({ checked = [] }) => !checked.includes('types') || !checked.includes('tests'));
  return [
    ...(leftOut.length === 0
      ? []
      : [`${features(leftOut.length)} left out: ${leftOut.map(({ title }) => title).join(', ')}.`]),
    ...(unchecked.length === 0 ? [] : [`${features(unchecked.length)} not type-checked and tested.`]),
  ];
}

function features(count: number): string {
  return count === 1 ? '1 feature was' : `${count} features were`;
}
