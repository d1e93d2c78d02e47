import { cancelledError, TakossError, throwIfCancelled } from '../../core/errors.ts';

/**
 * Passes pieces on and gives up when none comes for too long, or when the signal is aborted: not every service listens to that. `stop` is called
 * once whenever it ends before the pieces do, so that nobody goes on making them. Throws `network` for silence.
 */
export async function* withSilenceLimit<T>(
  pieces: AsyncIterable<T>,
  { limitMs, signal, stop }: { readonly limitMs: number; readonly signal: AbortSignal; readonly stop: () => void },
): AsyncGenerator<T, void, void> {
  const source = pieces[Symbol.asyncIterator]();
  let isOver = false;
  try {
    for (;;) {
      const next = await inTime(source.next(), limitMs, signal);
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

/** Waits for something, but not longer than that. Throws `network` when it takes longer, and `cancelled` as soon as the signal is aborted. */
export async function inTime<T>(work: PromiseLike<T>, limitMs: number, signal: AbortSignal): Promise<T> {
  throwIfCancelled(signal);
  let end: () => void = () => undefined;
  const tooLate = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => {
      const seconds = Math.round(limitMs / 1000);
      reject(new TakossError('network', `The language model said nothing for ${seconds} seconds. Try again.`));
    }, limitMs);
    const cancel = (): void => reject(cancelledError(signal.reason));
    signal.addEventListener('abort', cancel, { once: true });
    end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
    };
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    end();
  }
}
