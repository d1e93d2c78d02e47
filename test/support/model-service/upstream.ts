import { randomUUID } from 'node:crypto';
import { type FixtureResponse, LLMock } from '@copilotkit/aimock';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { parseUpstreamEvent, type UpstreamEvent } from './message-stream.ts';
import { fixtureResponse, type Reply } from './replies.ts';

/** aimock, which turns replies into messages of the service. It believes every request: only checked ones get here. */
export class Upstream {
  readonly #mock: LLMock;
  readonly #replies = new Map<string, FixtureResponse>();

  /** `deltaLength`: characters of a delta. */
  constructor(deltaLength: number) {
    this.#mock = new LLMock({ port: 0, chunkSize: deltaLength, journalMaxEntries: 1, strict: true });
    this.#mock.on({ predicate: () => true }, ({ _context = '' }) => {
      const reply = this.#replies.get(_context);
      if (reply === undefined) throw new Error(`No reply was given for the request ${_context}.`);
      return reply;
    });
  }

  async start(): Promise<void> {
    await this.#mock.start();
  }

  async stop(): Promise<void> {
    await this.#mock.stop();
  }

  /** Passes the body of a request on, to be answered with this reply. */
  async ask(raw: string, reply: Reply, signal: AbortSignal): Promise<Response> {
    const id = randomUUID();
    this.#replies.set(id, fixtureResponse(reply));
    try {
      const response = await fetch(`${this.#mock.url}/v1/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-aimock-context': id },
        body: raw,
        signal,
      });
      if (!response.ok) throw new Error(`aimock answered ${response.status}: ${await response.text()}`);
      return response;
    } finally {
      this.#replies.delete(id);
    }
  }
}

/** The events of a message, one by one as they are taken. */
export async function* upstreamEvents(response: Response): AsyncGenerator<UpstreamEvent, void, void> {
  if (response.body === null) return;
  const events = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
  for await (const { data } of events) yield parseUpstreamEvent(data);
}
