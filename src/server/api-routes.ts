import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { TakossError } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';
import { parseGenerationRequest } from '../core/request.ts';
import { parseEventId } from '../transport/event-id.ts';
import { headerNames } from '../transport/headers.ts';
import type { Authenticator } from './authenticator.ts';
import { sendEvents } from './event-stream.ts';
import type { Metrics } from './metrics.ts';
import { HttpError } from './problem.ts';
import { RateLimiter } from './rate-limiter.ts';
import type { Run } from './run.ts';
import { readResult, readSnapshot } from './run-content.ts';
import type { Runs } from './runs.ts';
import type { ServerSettings } from './settings.ts';

export interface ApiParts {
  readonly settings: ServerSettings;
  readonly authenticator: Authenticator;
  readonly runs: Runs;
  readonly metrics: Metrics;
  readonly clock: Clock;
  /** Resolves when runs can be started and found. Throws 503 when the server stops before. */
  readonly opened: Promise<void>;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls, once that is known. */
    caller: string;
  }
}

interface RunRoute {
  Params: { id: string };
}

/** The routes below `/api`. Who calls is known before a route or its body is looked at. */
export function apiRoutes({ settings, authenticator, runs, metrics, clock, opened }: ApiParts) {
  const limiter = new RateLimiter(settings.rateLimit, clock);
  return function register(api: FastifyInstance, _options: object, done: () => void): void {
    api.decorateRequest('caller', '');
    api.addHook('onRequest', async (request, reply) => {
      reply.header('cache-control', 'no-store');
      await opened;
      request.caller = await authenticator.caller(request.headers);
      const seconds = limiter.take(request.caller);
      if (seconds > 0) {
        const headers = { 'retry-after': String(seconds) };
        throw new HttpError(429, 'rate-limit', `Too many requests. Wait ${seconds} s and try again.`, { headers });
      }
    });
    api.setNotFoundHandler(() => {
      throw new HttpError(404, 'not-found', 'There is no such address. /docs describes those there are.');
    });

    api.post('/generate/stream', async (request, reply) => {
      const run = await start(request);
      await stream(run, 0, canComeBack(request), request, reply);
    });

    api.post('/generate', async (request, reply) => {
      const run = await start(request);
      reply.header(headerNames.runId, run.id);
      run.attach(canComeBack(request));
      const closed = closing(reply.raw);
      try {
        await Promise.race([run.ended, closed.promise]);
      } finally {
        closed.forget();
        run.detach();
      }
      return await runs.read(run, () => answer(run));
    });

    api.get<RunRoute>('/runs/:id/stream', { exposeHeadRoute: false }, async (request, reply) => {
      const run = runs.find(request.params.id, request.caller);
      const after = lastEventId(request, run);
      if (run.outcome !== undefined && after >= run.lastSeq) return reply.code(204).send();
      return await stream(run, after, true, request, reply);
    });

    api.get<RunRoute>('/runs/:id', async (request) => {
      const run = runs.find(request.params.id, request.caller);
      const { state, lastSeq, result } = await runs.read(run, () => readSnapshot(run));
      return { runId: run.id, outcome: run.outcome ?? null, lastSeq, state, result: result ?? null };
    });

    api.post<RunRoute>('/runs/:id/cancel', async (request, reply) => {
      const run = runs.find(request.params.id, request.caller);
      run.cancel();
      await run.ended;
      return reply.send({ runId: run.id, outcome: run.outcome ?? null });
    });
    done();
  };

  async function start(request: FastifyRequest): Promise<Run> {
    const run = await runs.start(request.caller, parseGenerationRequest(request.body), idempotencyKey(request));
    request.log.info({ runId: run.id, caller: request.caller }, 'run joined');
    return run;
  }

  async function stream(
    run: Run,
    after: number,
    canResume: boolean,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    reply.hijack();
    const response = reply.raw;
    run.attach(canResume);
    try {
      response.writeHead(200, {
        ...definedHeaders(reply),
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache, no-transform',
        'x-accel-buffering': 'no',
        [headerNames.runId]: run.id,
        location: `/api/runs/${run.id}/stream`,
      });
      response.flushHeaders();
      await runs.read(run, () => sendEvents(run, response, after, { metrics, ...settings }));
    } catch (error) {
      // The headers are out: all that is left is to end the connection, and the client resumes.
      request.log.error({ err: error, runId: run.id }, 'stream failed');
      response.destroy();
    } finally {
      run.detach();
      request.log.info({ runId: run.id, outcome: run.outcome }, 'stream ended');
    }
  }
}

/** The result with all files, or why there is none. */
async function answer(run: Run) {
  const result = await readResult(run);
  if (result !== undefined) return result;
  if (run.error !== undefined) throw run.error;
  if (run.outcome === undefined) {
    throw new HttpError(503, 'stopping', 'The server stopped before the run finished. Ask again for its result.', {
      headers: { 'retry-after': '5' },
    });
  }
  const { state } = await readSnapshot(run);
  throw new TakossError(state.error?.code ?? 'internal', state.error?.message ?? 'The run failed.');
}

/** A client can come back when it says so, or when repeating its request joins the same run. */
function canComeBack(request: FastifyRequest): boolean {
  return request.headers[headerNames.resume] === '1' || request.headers[headerNames.idempotencyKey] !== undefined;
}

function idempotencyKey(request: FastifyRequest): string | undefined {
  const key = request.headers[headerNames.idempotencyKey];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new HttpError(400, 'invalid-request', 'Idempotency-Key must be 1 to 255 visible ASCII characters.');
}

/** The number of the last event that the client has; 0 for none. */
function lastEventId(request: FastifyRequest, run: Run): number {
  const text = request.headers[headerNames.lastEventId];
  if (text === undefined || text === '') return 0;
  const id = typeof text === 'string' ? parseEventId(text) : undefined;
  if (id?.runId === run.id) return id.seq;
  throw new HttpError(400, 'invalid-request', 'Last-Event-ID is not the id of an event of this run.');
}

function definedHeaders(reply: FastifyReply): Record<string, string | number | string[]> {
  const headers: Record<string, string | number | string[]> = {};
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) headers[name] = value;
  return headers;
}

/** Resolves when the connection of an answer that has not been given is lost. */
function closing(response: ServerResponse): { promise: Promise<void>; forget: () => void } {
  let onClose = () => {};
  const promise = new Promise<void>((resolve) => {
    onClose = resolve;
    if (response.destroyed) resolve();
  });
  response.on('close', onClose);
  return { promise, forget: () => response.off('close', onClose) };
}
