/** Ends a generator whose consumer stops early, so that it cleans up after itself. Does nothing to one that has ended. */
export async function close(generator: AsyncGenerator<unknown, unknown, void>): Promise<void> {
  await generator.return(undefined);
}
