import { useCallback, useEffect, useEffectEvent, useState } from 'react';

/** What a screen knows of data it asked for. `stale`: shown while newer data is on its way. */
export type Query<T> = QueryState<T> & { reload: () => void };

type QueryState<T> =
  | { status: 'loading'; data?: undefined; error?: undefined; stale?: false }
  | { status: 'ready'; data: T; error?: undefined; stale: boolean }
  | { status: 'failed'; data?: undefined; error: unknown; stale?: false };

/** The last answer, with the question that it is the answer to. */
type Answer<T> = { asked: string } & ({ status: 'ready'; data: T } | { status: 'failed'; error: unknown });

/**
 * Loads data and loads it again whenever `key` changes. The request in flight is cancelled when a newer one starts or the
 * component goes away, so an old answer never replaces a new one. With `keepPrevious`, the last data stays visible meanwhile.
 */
export function useQuery<T>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
  { keepPrevious = false }: { keepPrevious?: boolean } = {},
): Query<T> {
  const [attempt, setAttempt] = useState(0);
  const wanted = `${attempt} ${key}`;
  const [answer, setAnswer] = useState<Answer<T>>();

  const begin = useEffectEvent((asked: string, signal: AbortSignal) => {
    load(signal).then(
      (data) => {
        if (!signal.aborted) setAnswer({ asked, status: 'ready', data });
      },
      (error: unknown) => {
        if (!signal.aborted) setAnswer({ asked, status: 'failed', error });
      },
    );
  });

  useEffect(() => {
    const controller = new AbortController();
    begin(wanted, controller.signal);
    return () => controller.abort();
  }, [wanted]);

  const reload = useCallback(() => setAttempt((count) => count + 1), []);
  return { ...stateOf(answer, wanted, keepPrevious), reload };
}

function stateOf<T>(answer: Answer<T> | undefined, wanted: string, keepPrevious: boolean): QueryState<T> {
  const isCurrent = answer?.asked === wanted;
  if (answer?.status === 'failed' && isCurrent) return { status: 'failed', error: answer.error };
  if (answer?.status === 'ready' && (isCurrent || keepPrevious)) {
    return { status: 'ready', data: answer.data, stale: !isCurrent };
  }
  return { status: 'loading' };
}
