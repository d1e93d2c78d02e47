import { TakossError } from '../../core/errors.ts';

/**
 * Passes pieces on and gives up when none comes for too long. `stop` is called once whenever it ends before the pieces do, so that nobody goes on making them.
 * Throws `network` for silence.
 */
export async function* withSilenceLimit<T>(
  pieces: AsyncIterable<T>,
  limitMs: number,
  stop: () => void,
): AsyncGenerator<T, void, void> {
  const source = pieces[Symbol.asyncIterator]();
  let isOver = false;
  try {
    for (;;) {
      const next = await inTime(source.next(), limitMs);
      if (next.done) {
        isOver = true;
        return;
      }
      yield next.value;
    }
  } finally {
    if (!isOver) {
      stop();
      // Not waited for: it may be waiting itself, for a piece that never comes.
      void source.return?.().catch(() => undefined);
    }
  }
}

/** Waits for something, but not longer than that. Throws `network` when it takes longer. */
export async function inTime<T>(work: PromiseLike<T>, limitMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const seconds = Math.round(limitMs / 1000);
      reject(new TakossError('network', `The language model said nothing for ${seconds} seconds. Try again.`));
    }, limitMs);
  });
  try {
    return await Promise.race([work, silence]);
  } finally {
    clearTimeout(timer);
  }
}
