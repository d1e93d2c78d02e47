import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { TakossError } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';
import { apiRoutes } from './api-routes.ts';
import { Authenticator } from './authenticator.ts';
import { allowOrigins } from './cors.ts';
import { FolderLock, findOwner, inUse } from './folder-lock.ts';
import { Gate } from './gate.ts';
import type { KeyStore } from './key-store.ts';
import { Metrics } from './metrics.ts';
import { operationRoutes, type ServerState } from './operation-routes.ts';
import { HttpError, newProblem, sendProblem, toProblem } from './problem.ts';
import { type CreateGenerator, Runs } from './runs.ts';
import type { ServerSettings } from './settings.ts';
import { StorageHealth } from './storage-health.ts';

/** The largest request, in bytes. */
const bodyLimit = 1024 * 1024;
/** The largest headers, in bytes. */
const maxHeaderSize = 16 * 1024;
/** How often finished runs are looked at, in ms. */
const sweepIntervalMs = 60_000;

export interface OpenParts {
  readonly settings: ServerSettings;
  readonly keys: KeyStore;
  readonly clock: Clock;
  readonly version: string;
}

export interface ServerParts extends OpenParts {
  readonly createGenerator: CreateGenerator;
}

/** A server that listens. */
export interface TakossServer {
  /** `http://127.0.0.1:3000`. */
  readonly url: string;
  /** Takes no more requests, lets runs finish within the time of the settings, and leaves the rest to the next start. */
  stop(): Promise<void>;
}

/** A server that listens and owns its data folder, of which it has touched nothing yet. Calls of the API wait. */
export interface OpenServer extends TakossServer {
  /** What the lock of the folder does not keep out, where that is so. */
  readonly warning: string | undefined;
  /** Finds the runs of earlier servers again, goes on with them, and lets the calls in. */
  begin(createGenerator: CreateGenerator): Promise<void>;
}

/** Listens, and finds the runs of earlier servers again. Throws what {@link openServer} throws. */
export async function startServer({ createGenerator, ...parts }: ServerParts): Promise<TakossServer> {
  const server = await openServer(parts);
  try {
    await server.begin(createGenerator);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

/**
 * Listens and takes the data folder. Throws `network` when it cannot listen, and `write-conflict` when another server has the folder; the
 * folder is then as it was.
 */
export async function openServer({ settings, keys, clock, version }: OpenParts): Promise<OpenServer> {
  const app = createApp(settings);
  const folder = join(settings.dataDir, 'runs');
  const metrics = new Metrics();
  const health = new StorageHealth(folder, app.log);
  const isRepeatable = settings.engine.name === 'offline';
  const runs = new Runs({ ...settings, folder, clock, metrics, health, log: app.log, isRepeatable });
  const authenticator = new Authenticator(settings.apiKeys, keys, settings.jwt);
  keys.onProblem = (message, error) => app.log.error({ err: error }, message);
  let state: ServerState = 'starting';
  const gate = new Gate();

  allowOrigins(app, settings.corsOrigins);
  operationRoutes(app, { metrics, version, state: () => state, health });
  const opened = gate.opened;
  await app.register(apiRoutes({ settings, authenticator, runs, metrics, clock, opened }), { prefix: '/api' });
  await listen(app, settings);
  const url = addressOf(app);
  const lock = await FolderLock.acquire(settings.dataDir, url).catch(async (error: unknown) => {
    gate.close();
    await closeApp(app);
    throw error;
  });

  let sweeping: NodeJS.Timeout | undefined;
  return {
    url,
    warning: lock.warning,
    begin: async (createGenerator) => {
      await runs.recover(createGenerator);
      sweeping = setInterval(() => {
        runs.sweep().catch((error: unknown) => app.log.error({ err: error }, 'sweep failed'));
      }, sweepIntervalMs);
      sweeping.unref();
      state = 'ready';
      gate.open();
    },
    stop: async () => {
      state = 'stopping';
      gate.close();
      clearInterval(sweeping);
      const closed = app.close();
      await runs.stop(settings.stopMs);
      await closeApp(app, closed);
      await lock.release();
    },
  };
}

/** Throws `network`; `write-conflict` where a server listens there that has the same data folder, which is the better thing to say. */
async function listen(app: FastifyInstance, settings: ServerSettings): Promise<void> {
  try {
    await app.listen({ host: settings.host, port: settings.port });
  } catch (error) {
    const owner = await findOwner(settings.dataDir).catch(() => undefined);
    throw owner === undefined ? listenFailure(error, settings) : inUse(settings.dataDir, owner, error);
  }
}

/** Answers that have ended are still on their way; connections that wait for another request are not. */
async function closeApp(app: FastifyInstance, closed: Promise<void> = app.close()): Promise<void> {
  const rest = setTimeout(() => app.server.closeAllConnections(), 500);
  app.server.closeIdleConnections();
  await closed;
  clearTimeout(rest);
}

function createApp(settings: ServerSettings): FastifyInstance {
  const app: FastifyInstance = Fastify({
    bodyLimit,
    requestTimeout: settings.requestTimeoutMs,
    http: {
      maxHeaderSize,
      headersTimeout: settings.requestTimeoutMs,
      connectionsCheckingInterval: Math.min(1000, settings.requestTimeoutMs),
      keepAlive: true,
    },
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    clientErrorHandler: refuse,
    logger: {
      level: settings.logLevel,
      redact: ['req.headers.authorization', 'req.headers["x-api-key"]', 'req.headers.cookie'],
    },
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (_request, body, done) => {
    const parsed = parseJson(body);
    if (parsed instanceof Error) done(parsed);
    else done(null, parsed);
  });
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff');
    done();
  });
  app.setErrorHandler(async (error, request, reply) => {
    const problem = toProblem(error);
    if (problem.status >= 500) request.log.error({ err: error }, 'request failed');
    if (error instanceof HttpError) reply.headers(error.headers);
    await sendProblem(reply, problem);
  });
  app.setNotFoundHandler(async (_request, reply) => {
    await sendProblem(
      reply,
      newProblem(404, 'not-found', 'There is no such address. /docs describes those there are.'),
    );
  });
  return app;
}

/** An empty body is none, whatever its type says; clients send a type with every POST. */
function parseJson(body: string): unknown {
  if (body === '') return undefined;
  try {
    return JSON.parse(body);
  } catch (cause) {
    return new HttpError(400, 'invalid-request', 'The body is not valid JSON.', { cause });
  }
}

/** Answers what is not HTTP, or too slow, or has headers that are too large. */
function refuse(this: unknown, error: { code?: string }, socket: Socket): void {
  if (socket.destroyed || !socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const details: Readonly<Record<number, string>> = {
    400: 'The request is not valid HTTP.',
    408: 'The request took too long to arrive.',
    431: 'The headers of the request are too large.',
  };
  const body = JSON.stringify(newProblem(status, 'invalid-request', details[status] ?? ''));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function listenFailure(error: unknown, { host, port }: ServerSettings): TakossError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: 'another program listens there. Choose another port with --port',
    EACCES: 'this user may not. Choose a port above 1023 with --port',
    EADDRNOTAVAIL: 'this machine has no such address. Choose another with --host',
    ENOTFOUND: 'this machine has no such address. Choose another with --host',
  };
  const reason = reasons[String(code)] ?? (error instanceof Error ? error.message : String(error));
  return new TakossError('network', `The server cannot listen on ${host}:${port}: ${reason}.`, { cause: error });
}

function addressOf(app: FastifyInstance): string {
  const { address, family, port } = app.server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
