import type { FastifyInstance } from 'fastify';
import { headerNames } from '../transport/headers.ts';

const allowedHeaders = ['authorization', 'content-type', 'x-api-key', ...Object.values(headerNames)].join(', ');
const exposedHeaders = ['location', 'retry-after', 'x-request-id', headerNames.runId].join(', ');

/** Lets pages of the given origins call the server. Without origins nothing is said, and browsers refuse. */
export function allowOrigins(app: FastifyInstance, origins: readonly string[]): void {
  if (origins.length === 0) return;
  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers;
    reply.header('vary', 'origin');
    if (origin === undefined || !(origins.includes(origin) || origins.includes('*'))) return;
    reply.header('access-control-allow-origin', origin).header('access-control-expose-headers', exposedHeaders);
    if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) return;
    await reply
      .code(204)
      .header('access-control-allow-methods', 'GET, POST')
      .header('access-control-allow-headers', allowedHeaders)
      .header('access-control-max-age', '600')
      .send();
  });
}
