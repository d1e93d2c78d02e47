import { useEffect, useState } from 'preact/hooks';

/** How far the clock of the host, which may be another machine, is ahead of this one, in milliseconds. */
let skew = 0;

/** Learns the host's time from an event that has just arrived. */
export function syncClock(at: number | undefined): void {
  if (at !== undefined) skew = at - Date.now();
}

/** The host's time in milliseconds since 1970. While `ticking`, the component renders again every tenth of a second. */
export function useHostTime(ticking: boolean): number {
  const [, setTick] = useState(0);
  useEffect(() => {
    if (!ticking) return;
    const timer = setInterval(() => setTick((tick) => tick + 1), 100);
    return () => clearInterval(timer);
  }, [ticking]);
  return Date.now() + skew;
}
