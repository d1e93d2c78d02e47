import { once } from 'node:events';
import { TakossError } from '../core/errors.ts';
import type { GenerationResult, StreamEvent } from '../core/events.ts';
import type { ConnectionState } from '../transport/remote-parts.ts';

/** Where a run shows itself: lines for people or lines for programs. */
export interface RunOutput {
  event(event: StreamEvent): Promise<void>;
  /** The connection to the server was lost or is back. */
  connection(state: ConnectionState): void;
  /** Asks a question for yes or no. Undefined where nobody is there to be asked. */
  ask(question: string, signal: AbortSignal): Promise<boolean | undefined>;
  /** Says a sentence to people, on standard error, whatever the events go to. */
  say(text: string): void;
  /** The run ended well and its files are in `folder`, an absolute path; `installCommand` is what installs their packages. */
  result(result: GenerationResult, folder: string, installCommand: string): Promise<void>;
}

/** Writes to a stream and waits while it is full, so that a slow reader costs no memory. Throws `cancelled` when the reader has gone. */
export async function writeTo(stream: NodeJS.WriteStream, text: string): Promise<void> {
  if (stream.write(text) || stream.destroyed) return;
  await once(stream, 'drain').catch((cause: unknown) => {
    throw new TakossError('cancelled', 'Nobody reads the output any more, so the run was cancelled.', { cause });
  });
}

/** What became of a connection, as a sentence without a full stop. */
export function describeConnection(state: ConnectionState): string {
  if (state.state === 'connected') return 'Connection restored';
  return `Connection lost (${state.reason}), trying again in ${Math.max(1, Math.round(state.retryInMs / 1000))} s`;
}

/** One event per line on standard output, the result last. */
export class JsonOutput implements RunOutput {
  readonly #stream: NodeJS.WriteStream;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  event(event: StreamEvent): Promise<void> {
    return writeTo(this.#stream, `${JSON.stringify(event)}\n`);
  }

  connection(state: ConnectionState): void {
    this.say(describeConnection(state));
  }

  ask(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  say(text: string): void {
    process.stderr.write(`takoss: ${text}\n`);
  }

  result(result: GenerationResult): Promise<void> {
    return writeTo(this.#stream, `${JSON.stringify({ type: 'result', data: result })}\n`);
  }
}
