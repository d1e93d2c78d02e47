import { useHostTime } from '../clock.ts';
import { formatDuration } from '../format.ts';

interface ElapsedProps {
  /** Milliseconds since 1970. */
  readonly from: number | undefined;
  /** The end, or the latest time known while it runs. */
  readonly to: number | undefined;
  readonly isRunning: boolean;
}

/** Time spent; ticks while running. Nothing when the events carried no time. */
export function Elapsed({ from, to, isRunning }: ElapsedProps) {
  const now = useHostTime(isRunning);
  const end = isRunning ? Math.max(now, to ?? 0) : to;
  return <span class="elapsed">{from === undefined || end === undefined ? '' : formatDuration(end - from)}</span>;
}
