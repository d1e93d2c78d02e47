import { useMemo } from 'preact/hooks';
import { describeLostConnection, type LostConnection } from '../../src/protocol/messages.ts';
import { useHostTime } from '../clock.ts';
import { Icon } from './icon.tsx';

/** Says that the connection to the server is lost, and counts down to the next attempt. */
export function ConnectionNote({ connection }: { connection: LostConnection }) {
  const { retryAt, retryInMs, reason } = connection;
  useHostTime(true);
  // Counted from when it was heard of: the clock of the host may be another, and so may that of its server.
  const heardAt = useMemo(() => ({ retryAt, time: Date.now() }), [retryAt]);
  const words = describeLostConnection(connection, retryAt - retryInMs + Date.now() - heardAt.time);
  return (
    <span class="headline connection" title={`${words}: ${reason}`}>
      <Icon name="debug-disconnect" /> {words}
    </span>
  );
}
