import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

type Handler = (request: FakeRequest, response: ServerResponse) => void | Promise<void>;

/** A server on a port of this machine that answers as a test says, and remembers what it was asked. */
export class FakeServer {
  readonly requests: FakeRequest[] = [];
  handler: Handler = (_request, response) => void response.writeHead(500).end();
  /** Its address, also after it has stopped. */
  url = '';
  readonly #server: Server;

  private constructor() {
    this.#server = createServer(async (incoming, response) => {
      let body = '';
      for await (const chunk of incoming.setEncoding('utf8')) body += chunk;
      const request = { method: incoming.method ?? '', path: incoming.url ?? '', headers: incoming.headers, body };
      this.requests.push(request);
      await this.handler(request, response);
    });
  }

  static async start(): Promise<FakeServer> {
    const fake = new FakeServer();
    fake.#server.listen(0, '127.0.0.1');
    await once(fake.#server, 'listening');
    const { port } = fake.#server.address() as AddressInfo;
    fake.url = `http://127.0.0.1:${port}`;
    return fake;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    if (this.#server.listening) await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Begins an answer that is a stream of events. */
export function beginStream(response: ServerResponse, runId?: string): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    ...(runId === undefined ? {} : { 'x-run-id': runId }),
  });
  response.flushHeaders();
}

/** Sends so much, lets it go out, and tears the connection. */
export async function cut(response: ServerResponse, bytes: string | Uint8Array): Promise<void> {
  if (bytes.length > 0) await new Promise((resolve) => response.write(bytes, resolve));
  response.destroy();
}
