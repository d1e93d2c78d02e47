import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './faults.ts';
import type { MessageStream, SentEvent, UpstreamEvent } from './message-stream.ts';
import { type Pace, waitForToken } from './pace.ts';

/** Where and how an answer is sent. */
export interface AnswerSenderParts {
  readonly response: ServerResponse;
  readonly headers: Readonly<Record<string, string>>;
  readonly pace: Pace | undefined;
  /** When the request had come, by `performance.now()`. */
  readonly startedAt: number;
  readonly fault: Fault | undefined;
  /** Aborted when the client has left. */
  readonly signal: AbortSignal;
  /** Called after each event: how many there were, and what the answer costs so far. */
  readonly onEvent: (events: number, outputTokens: number) => void;
  /** Called with what a delta adds, just before it is sent. */
  readonly onDelta: (text: string) => void;
}

/** Sends a message as Server-Sent Events, at a pace, and breaks it as a fault says. */
export class AnswerSender {
  readonly #parts: AnswerSenderParts;
  readonly #held: string[] = [];
  #sent = 0;
  #deltasOfBlock = 0;

  constructor(parts: AnswerSenderParts) {
    this.#parts = parts;
  }

  async send(stream: MessageStream, events: AsyncIterable<UpstreamEvent>): Promise<void> {
    const { response, headers, signal } = this.#parts;
    for await (const event of events) {
      if (this.#isLost(event)) continue;
      for (const next of stream.next(event)) {
        await this.#pace(next);
        if (!response.headersSent && !this.#isHeldBack) response.writeHead(200, headers);
        await this.#write(next, stream);
        if (await this.#breakOff(stream)) return;
      }
      if (stream.isOver) break;
    }
    signal.throwIfAborted();
    if (this.#isHeldBack) response.writeHead(200, headers);
    response.end(this.#held.join(''));
  }

  get #isHeldBack(): boolean {
    return this.#parts.fault?.kind === 'held-back';
  }

  /** Whether a fault swallows the event. */
  #isLost(event: UpstreamEvent): boolean {
    const { fault } = this.#parts;
    if (event.type === 'content_block_start') this.#deltasOfBlock = 0;
    if (event.type !== 'content_block_delta' || event.delta.type !== 'input_json_delta') return false;
    this.#deltasOfBlock += 1;
    return fault?.kind === 'truncated-json' && this.#deltasOfBlock > fault.afterDeltas;
  }

  async #pace({ tokens }: SentEvent): Promise<void> {
    const { pace, startedAt, signal } = this.#parts;
    if (pace !== undefined) await waitForToken(pace, startedAt, tokens, signal);
  }

  async #write(event: SentEvent, stream: MessageStream): Promise<void> {
    const { response, signal, onDelta, onEvent } = this.#parts;
    const text = `event: ${event.type}\ndata: ${JSON.stringify(event.data)}\n\n`;
    if (event.type === 'content_block_delta') onDelta(deltaText(event));
    this.#sent += 1;
    onEvent(this.#sent, stream.outputTokens);
    if (this.#isHeldBack) this.#held.push(text);
    else if (!response.write(text)) await once(response, 'drain', { signal });
  }

  /** Does what the fault says after this event; true if nothing may follow. */
  async #breakOff(stream: MessageStream): Promise<boolean> {
    const { fault, response, signal } = this.#parts;
    if (fault === undefined || !('afterEvents' in fault) || this.#sent !== fault.afterEvents) return false;
    switch (fault.kind) {
      case 'cut':
        // What was written before must arrive, as it does when a line breaks.
        await new Promise((resolve) => response.write('', resolve));
        await sleep(5);
        response.socket?.destroy();
        return true;
      case 'silence':
        await this.#beSilent(fault.pingEveryMs);
        return true;
      case 'error-event': {
        const { type, message } = fault.error;
        response.end(`event: error\ndata: ${JSON.stringify({ type: 'error', error: { type, message } })}\n\n`);
        return true;
      }
      case 'stop':
        for (const event of stream.stop(fault.reason)) await this.#write(event, stream);
        signal.throwIfAborted();
        response.end();
        return true;
    }
  }

  /** Until the client leaves. */
  async #beSilent(pingEveryMs = 1_000_000): Promise<void> {
    const { response, signal } = this.#parts;
    while (!signal.aborted) {
      await sleep(pingEveryMs, undefined, { signal }).catch(() => {});
      if (!signal.aborted) response.write('event: ping\ndata: {"type": "ping"}\n\n');
    }
  }
}

function deltaText({ data }: SentEvent): string {
  const { delta } = data;
  if (delta === null || typeof delta !== 'object') return '';
  if ('partial_json' in delta) return String(delta.partial_json);
  return 'text' in delta ? String(delta.text) : '';
}
