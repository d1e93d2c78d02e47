/**
 * Skips a test, or from a hook all tests of its suite, and says why and what to do about it: the summary of `npm test` shows that
 * beside the count. Pass the `this` of the test or hook.
 */
export function skip(context: Mocha.Context, reason: string): never {
  const runnable = context.runnable();
  const skipped = 'type' in runnable && runnable.type === 'hook' ? runnable.parent : runnable;
  // The reporter, loaded by mocha and not by the test, finds it there.
  if (skipped !== undefined) Object.assign(skipped, { skipReason: reason });
  return context.skip();
}
