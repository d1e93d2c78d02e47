import type { StreamEvent } from '../../../src/core/events.ts';
import { idleLimitMs } from '../../../src/transport/event-stream.ts';
import { RemoteGenerator } from '../../../src/transport/remote-generator.ts';
import { type ConnectionState, type RemoteGeneratorParts, systemParts } from '../../../src/transport/remote-parts.ts';
import type { FakeServer } from '../../support/fake-server.ts';
import { FakeTime } from '../../support/fake-time.ts';

/** A client of a fake server, for which no time passes but what it waits for. */
export function remoteClient(server: FakeServer, parts: Partial<RemoteGeneratorParts> = {}) {
  const time = new FakeTime(idleLimitMs);
  const connections: ConnectionState[] = [];
  const generator = new RemoteGenerator({
    ...systemParts,
    endpoint: server.url,
    token: () => 'key-1',
    clock: time.clock,
    random: () => 0.5,
    sleep: time.sleep,
    onConnection: (state) => connections.push(state),
    ...parts,
  });
  return { generator, time, connections };
}

export const never = new AbortController().signal;

/** Events as the generation on the server said them, without what the way adds. */
export function withoutIds(events: readonly StreamEvent[]): StreamEvent[] {
  return events.map(({ runId: _runId, seq: _seq, ...event }) => event);
}
