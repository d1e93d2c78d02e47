import type { Generation, Generator } from '../core/ports.ts';
import type { ConnectionState } from '../transport/remote-parts.ts';
import type { EngineChoice } from './engine/engine-choice.ts';

export type ConnectionListener = (state: ConnectionState) => void;

/** A generator, and where it runs. */
export interface RunGenerator {
  readonly generator: Generator;
  /** Undefined: on this machine. */
  readonly server?: RunServer;
}

/** A server on which runs outlive the window. */
export interface RunServer {
  readonly endpoint: string;
  /** Host and port. */
  readonly host: string;
  /** The reason to abort a generation with that leaves its run going. */
  readonly leaveReason: unknown;
  /** Follows a run from its beginning. */
  attach(runId: string, options: { signal: AbortSignal }): Generation;
}

export interface GeneratorOptions {
  /** What the run is generated with. By default, it continues on a server. */
  readonly choice?: EngineChoice;
  readonly onConnection: ConnectionListener;
  /** The server on which a run goes on. By default, the one of the settings. */
  readonly endpoint?: string;
}
