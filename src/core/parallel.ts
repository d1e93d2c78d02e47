/** File operations under way at once: each waits mostly, on a disk or on a message to another process, and rarely on the processor. */
const width = 16;

/** Splits a list into pieces that may be worked on at once, in order. */
export function* groupsOf<T>(items: readonly T[]): Generator<readonly T[], void> {
  for (let start = 0; start < items.length; start += width) yield items.slice(start, start + width);
}

/**
 * Does something with every item, several at once, and returns the results in the order of the items. After a failure nothing more is begun,
 * and it is thrown only when what had begun has ended: whoever cleans up after it has the place to himself.
 */
export async function inParallel<T, R>(items: readonly T[], action: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const group of groupsOf(items)) {
    for (const outcome of await Promise.allSettled(group.map(action))) {
      if (outcome.status === 'rejected') throw outcome.reason;
      results.push(outcome.value);
    }
  }
  return results;
}
