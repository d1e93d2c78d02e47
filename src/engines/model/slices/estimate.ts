import type { ModelPort } from '../../../core/model-port.ts';
import { costOf, type UsageEstimate } from '../../../core/model-usage.ts';

/**
 * What a slice usually takes, in tokens: ten slices that were written for requirements of a few sentences had six to ten files of together 22 to
 * 35 KB, 28 KB on average, which are some 10,000 tokens, and the model thinks on the way.
 */
export const outputPerSlice = 12_000;

/** Of four slices, one is repaired once, which is more than those took; a repair writes about a third of the files again. */
const repairsPerSlice = 0.25;
const outputPerRepair = outputPerSlice / 3;

/**
 * What writing slices is expected to use: each request reads the prefix and its task, and a repair reads the files as well. The prefix is read at the price of writing the
 * cache once and from the cache ever after.
 */
export function estimateSlices(port: ModelPort, prefix: string, tasks: readonly string[]): UsageEstimate {
  const prefixTokens = port.estimateTokens(prefix);
  const taskTokens = tasks.reduce((sum, task) => sum + port.estimateTokens(task), 0);
  const repairs = tasks.length * repairsPerSlice;
  const ownTokens = Math.round(taskTokens * (1 + repairsPerSlice) + repairs * outputPerSlice);
  const cachedTokens = Math.round(prefixTokens * Math.max(0, tasks.length + repairs - 1));
  const outputTokens = Math.round(tasks.length * outputPerSlice + repairs * outputPerRepair);
  const usage = { inputTokens: ownTokens, cachedTokens, cacheWriteTokens: prefixTokens, outputTokens };
  return {
    inputTokens: ownTokens + cachedTokens + prefixTokens,
    outputTokens,
    ...(port.price === undefined ? {} : { costUsd: costOf(usage, port.price) }),
  };
}
