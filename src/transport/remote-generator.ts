import { TakossError, throwIfCancelled, toTakossError } from '../core/errors.ts';
import type { StreamEvent } from '../core/events.ts';
import type { Generation, Generator } from '../core/ports.ts';
import type { GenerationRequest } from '../core/request.ts';
import { errorEvent } from '../core/run-events.ts';
import { Endpoint } from './endpoint.ts';
import { isRunId } from './event-id.ts';
import { EventStream } from './event-stream.ts';
import { discard } from './failures.ts';
import { headerNames } from './headers.ts';
import { Interruption } from './interruption.ts';
import { Reconnection } from './reconnection.ts';
import { bearer, type RemoteGeneratorParts } from './remote-parts.ts';
import { RemoteRun } from './remote-run.ts';

/**
 * The reason with which to abort a generation without cancelling its run on the server: a window that is reloaded comes back for it with
 * {@link RemoteGenerator.attach}.
 */
export const leaveRunning: unique symbol = Symbol('leave the run going on the server');

/** How long to wait for the answer to a cancel, in ms. */
const cancelLimitMs = 2000;

/**
 * Runs generations on a server. A lost connection is made again where it broke, as often as it takes; only a server of the first version,
 * which cannot resume, ends the run with it.
 */
export class RemoteGenerator implements Generator {
  readonly #parts: RemoteGeneratorParts;
  readonly #endpoint: Endpoint;

  /** Throws `invalid-request` for an endpoint that is no address of a server, or one over which a key may not travel. */
  constructor(parts: RemoteGeneratorParts) {
    this.#parts = parts;
    this.#endpoint = new Endpoint(parts.endpoint);
  }

  generate(request: GenerationRequest, { signal }: { signal: AbortSignal }): Generation {
    const start = {
      method: 'POST',
      headers: { 'content-type': 'application/json', [headerNames.idempotencyKey]: crypto.randomUUID() },
      body: JSON.stringify(request),
    };
    return this.#follow(new RemoteRun(), start, signal);
  }

  /**
   * Follows a run that goes on, or has ended, on the server, after the event numbered `fromSeq`. From 0, everything comes again from the
   * beginning: whoever no longer has the files needs that.
   */
  attach(runId: string, fromSeq: number, { signal }: { signal: AbortSignal }): Generation {
    if (!isRunId(runId) || !Number.isSafeInteger(fromSeq) || fromSeq < 0) {
      throw new TakossError('invalid-request', 'This is not the id of a run. Start a new one.', { field: 'runId' });
    }
    return this.#follow(new RemoteRun({ runId, seq: fromSeq }), undefined, signal);
  }

  /** `start` is the request that starts the run, where it is not known already. */
  async *#follow(run: RemoteRun, start: RequestInit | undefined, signal: AbortSignal): Generation {
    const { clock } = this.#parts;
    const reconnection = new Reconnection(this.#parts, this.#endpoint.host);
    let stream: EventStream | undefined;
    let hasEnded = false;
    try {
      for (;;) {
        try {
          stream = await this.#connect(run, start, signal);
          reconnection.connected();
          for (let messages = await stream.read(); messages !== undefined; messages = await stream.read()) {
            for (const message of messages) {
              const step = run.accept(message);
              if (step === undefined) continue;
              reconnection.progressed();
              if (step.kind === 'nothing') continue;
              if (step.kind === 'result') {
                const { complete, result } = await run.finish(step.data);
                hasEnded = true;
                yield complete;
                return result;
              }
              hasEnded = step.event.type === 'error';
              yield step.event;
              if (step.event.type === 'error') throw remoteError(step.event);
              throwIfCancelled(signal);
            }
          }
          throw new Interruption('the connection was cut');
        } catch (thrown) {
          if (!(thrown instanceof Interruption)) throw thrown;
          stream?.close();
          await reconnection.wait(thrown, run, stream?.retryMs, signal);
        }
      }
    } catch (thrown) {
      const error = toTakossError(thrown, signal);
      if (!hasEnded) yield errorEvent(error, run.phase, clock.now());
      throw error;
    } finally {
      stream?.close();
      if (!hasEnded && signal.reason !== leaveRunning) await this.#cancel(run.runId);
    }
  }

  async #connect(run: RemoteRun, start: RequestInit | undefined, signal: AbortSignal): Promise<EventStream> {
    throwIfCancelled(signal);
    const { runId, lastEventId } = run;
    const init: RequestInit =
      runId === undefined
        ? { ...start }
        : lastEventId === undefined
          ? {}
          : { headers: { [headerNames.lastEventId]: lastEventId } };
    const headers = new Headers(init.headers);
    headers.set('accept', 'text/event-stream');
    headers.set(headerNames.resume, '1');
    headers.set('authorization', await bearer(this.#parts));
    const route = runId === undefined ? '/api/generate/stream' : `/api/runs/${runId}/stream`;
    const stream = await EventStream.open(
      this.#parts,
      this.#endpoint.host,
      this.#endpoint.url(route),
      { ...init, headers },
      signal,
    );
    if (stream === undefined) {
      throw new TakossError(
        'protocol',
        'The run has ended on the server, and there is nothing more to send. Run it again.',
      );
    }
    try {
      if (stream.runId !== undefined) run.identify(stream.runId);
    } catch (error) {
      stream.close();
      throw error;
    }
    return stream;
  }

  /** Tells the server that nobody waits for the run. It finds out by itself, too, only later. */
  async #cancel(runId: string | undefined): Promise<void> {
    if (runId === undefined) return;
    try {
      const response = await this.#parts.fetch(this.#endpoint.url(`/api/runs/${runId}/cancel`), {
        method: 'POST',
        headers: { authorization: await bearer(this.#parts) },
        redirect: 'manual',
        signal: AbortSignal.timeout(cancelLimitMs),
      });
      await discard(response);
    } catch {
      // Best effort: the run ends for this client in any case.
    }
  }
}

/** The error behind an `error` event. The event's sentence begins as those of the first version do. */
function remoteError({ message, data }: StreamEvent & { type: 'error' }): TakossError {
  const sentence = message.replace(/^Generation failed: /, '');
  return new TakossError(data?.code ?? 'internal', sentence, data?.field === undefined ? {} : { field: data.field });
}
