import { close } from '../core/close.ts';
import { type ErrorCode, TakossError, toTakossError } from '../core/errors.ts';
import type { StreamEvent } from '../core/events.ts';
import type { Generator } from '../core/ports.ts';
import { errorEvent } from '../core/run-events.ts';
import type { ServerLog } from './server-log.ts';

/** What is wrong with the server, or with its own account, where callers can only tell whoever runs it. */
const sentences: Readonly<Partial<Record<ErrorCode, string>>> = {
  'model-key': 'The key of this server for its language model was not accepted.',
  'model-credit': 'The account of this server for its language model has no credit left.',
  'model-unknown': 'The model that this server is set to use is not there.',
  storage: 'A disk of this server is full or cannot be written to.',
  internal: 'The server failed during the run; its log says more.',
};

/** Words failures of the server for its callers, who are told no paths and no accounts. What was said goes to the log. */
export function forCallers(generator: Generator, runId: string, log: ServerLog): Generator {
  return {
    async *generate(request, options) {
      const generation = generator.generate(request, options);
      try {
        for (;;) {
          const next = await generation.next();
          if (next.done) return next.value;
          const event = next.value;
          yield event.type === 'error' ? rewordedEvent(event) : event;
        }
      } catch (thrown) {
        const error = toTakossError(thrown, options.signal);
        const worded = reworded(error.code, error);
        if (worded !== undefined) log.error({ err: error, runId }, 'run failed');
        throw worded ?? error;
      } finally {
        await close(generation);
      }
    },
  };
}

function rewordedEvent(event: StreamEvent & { type: 'error' }): StreamEvent {
  const { data, at = 0 } = event;
  const error = data && reworded(data.code);
  return error === undefined ? event : errorEvent(error, data?.phase ?? event.phase, at);
}

function reworded(code: ErrorCode, cause?: TakossError): TakossError | undefined {
  const sentence = sentences[code];
  return sentence === undefined
    ? undefined
    : new TakossError(code, `${sentence} Tell whoever runs it, and try again later.`, { cause });
}
