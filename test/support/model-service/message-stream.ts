import * as z from 'zod';
import type { InputUsage } from './prompt-cache.ts';
import type { MessagesRequest } from './request-schema.ts';
import type { Tokenizer } from './tokens.ts';

/** An event of a message as it is sent. `tokens` says how many were written when it comes. */
export interface SentEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly tokens: number;
}

/** What is read of the events of aimock. */
const eventSchema = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('message_start'), message: z.looseObject({ id: z.string() }) }),
  z.looseObject({
    type: z.literal('content_block_start'),
    index: z.int(),
    content_block: z.looseObject({ type: z.string() }),
  }),
  z.looseObject({
    type: z.literal('content_block_delta'),
    index: z.int(),
    delta: z.discriminatedUnion('type', [
      z.looseObject({ type: z.literal('text_delta'), text: z.string() }),
      z.looseObject({ type: z.literal('input_json_delta'), partial_json: z.string() }),
      z.looseObject({ type: z.literal('thinking_delta'), thinking: z.string() }),
      z.looseObject({ type: z.literal('signature_delta') }),
    ]),
  }),
  z.looseObject({ type: z.literal('content_block_stop'), index: z.int() }),
  z.looseObject({ type: z.literal('message_delta'), delta: z.looseObject({ stop_reason: z.string() }) }),
  z.looseObject({ type: z.literal('message_stop') }),
]);
export type UpstreamEvent = z.infer<typeof eventSchema>;

export function parseUpstreamEvent(json: string): UpstreamEvent {
  return eventSchema.parse(JSON.parse(json));
}

/**
 * Makes the stream of the service of that of aimock: counts and charges what is written, ends it at `max_tokens`, pings, keeps thinking to itself, and
 * holds tool input back until it is whole where eager streaming was not asked for.
 */
export class MessageStream {
  readonly #request: MessagesRequest;
  readonly #input: InputUsage;
  readonly #tokenizer: Tokenizer;
  #written = 0;
  #bytes = 0;
  #block: { readonly index: number; readonly isTool: boolean; held: string } | undefined;
  #hasPinged = false;
  #isOver = false;

  constructor(request: MessagesRequest, input: InputUsage, tokenizer: Tokenizer) {
    this.#request = request;
    this.#input = input;
    this.#tokenizer = tokenizer;
  }

  /** Whether the message has ended: nothing that still comes belongs to it. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Charged so far. */
  get outputTokens(): number {
    return this.#written;
  }

  next(event: UpstreamEvent): SentEvent[] {
    if (this.#isOver) return [];
    switch (event.type) {
      case 'message_start':
        return [this.#start(event)];
      case 'content_block_start':
        return this.#startBlock(event);
      case 'content_block_delta':
        return this.#delta(event);
      case 'content_block_stop':
        return this.#endBlock(event);
      case 'message_delta':
        return [this.#end(event.delta.stop_reason)];
      case 'message_stop':
        this.#isOver = true;
        return [this.#event({ ...event })];
    }
  }

  /** Ends the message here. */
  stop(reason: string): SentEvent[] {
    if (this.#isOver) return [];
    const open = this.#block;
    this.#block = undefined;
    this.#isOver = true;
    const rest = open === undefined || open.held === '' ? [] : [this.#inputDelta(open.index, open.held)];
    return [
      ...rest,
      ...(open === undefined ? [] : [this.#event({ type: 'content_block_stop', index: open.index })]),
      this.#end(reason),
      this.#event({ type: 'message_stop' }),
    ];
  }

  #start({ message }: UpstreamEvent & { type: 'message_start' }): SentEvent {
    const usage = { ...this.#usage(1), service_tier: 'standard', inference_geo: 'not_available' };
    const rest = { container: null, stop_details: null, usage };
    return this.#event({ type: 'message_start', message: { ...message, ...rest } });
  }

  #startBlock(event: UpstreamEvent & { type: 'content_block_start' }): SentEvent[] {
    this.#block = { index: event.index, isTool: event.content_block.type === 'tool_use', held: '' };
    const events = [this.#event({ ...event })];
    if (!this.#hasPinged) events.push(this.#event({ type: 'ping' }));
    this.#hasPinged = true;
    // The service begins the input of every tool with an empty piece.
    if (event.content_block.type === 'tool_use') events.push(this.#inputDelta(event.index, ''));
    return events;
  }

  #delta({ index, delta }: UpstreamEvent & { type: 'content_block_delta' }): SentEvent[] {
    if (delta.type === 'signature_delta') return [this.#event({ type: 'content_block_delta', index, delta })];
    const text =
      delta.type === 'text_delta' ? delta.text : delta.type === 'thinking_delta' ? delta.thinking : delta.partial_json;
    const fits = this.#write(text);
    const events: SentEvent[] = [];
    if (delta.type === 'input_json_delta') {
      if (this.#isEager) events.push(this.#inputDelta(index, fits));
      else if (this.#block !== undefined) this.#block.held += fits;
    } else if (delta.type === 'text_delta') {
      events.push(this.#event({ type: 'content_block_delta', index, delta: { type: 'text_delta', text: fits } }));
    } else if (this.#showsThinking) {
      const shown = { type: 'thinking_delta', thinking: fits };
      events.push(this.#event({ type: 'content_block_delta', index, delta: shown }));
    }
    return fits.length < text.length ? [...events, ...this.stop('max_tokens')] : events;
  }

  #endBlock(event: UpstreamEvent & { type: 'content_block_stop' }): SentEvent[] {
    const held = this.#block?.held ?? '';
    const isTool = this.#block?.isTool ?? false;
    this.#block = undefined;
    const events = [...(held === '' ? [] : [this.#inputDelta(event.index, held)]), this.#event({ ...event })];
    return isTool && this.#allowsOneTool ? [...events, ...this.stop('tool_use')] : events;
  }

  /** Spends tokens on a text; answers as much of it as `max_tokens` leaves. */
  #write(text: string): string {
    const left = this.#tokenizer.bytesOf(this.#request.max_tokens) - this.#bytes;
    const fits = Buffer.byteLength(text) <= left ? text : Buffer.from(text).subarray(0, left).toString();
    this.#bytes += Buffer.byteLength(fits);
    this.#written = this.#tokenizer.ofBytes(this.#bytes);
    return fits;
  }

  #inputDelta(index: number, json: string): SentEvent {
    const delta = { type: 'input_json_delta', partial_json: json };
    return this.#event({ type: 'content_block_delta', index, delta });
  }

  #end(reason: string): SentEvent {
    const delta = { stop_reason: reason, stop_sequence: null, stop_details: null };
    return this.#event({ type: 'message_delta', delta, usage: this.#usage(this.#written) });
  }

  #event(data: { readonly type: string } & Readonly<Record<string, unknown>>): SentEvent {
    return { type: data.type, data, tokens: this.#written };
  }

  #usage(outputTokens: number): object {
    return { ...this.#input, output_tokens: outputTokens };
  }

  get #isEager(): boolean {
    return this.#request.tools?.some(({ eager_input_streaming }) => eager_input_streaming === true) ?? false;
  }

  get #allowsOneTool(): boolean {
    const choice = this.#request.tool_choice;
    return choice !== undefined && 'disable_parallel_tool_use' in choice && choice.disable_parallel_tool_use === true;
  }

  get #showsThinking(): boolean {
    const { thinking } = this.#request;
    return thinking !== undefined && 'display' in thinking && thinking.display === 'summarized';
  }
}

/** The message of a request that does not stream, charged as a stream would be. */
export function chargeMessage(
  message: unknown,
  request: MessagesRequest,
  input: InputUsage,
  tokenizer: Tokenizer,
): { readonly [field: string]: unknown; readonly usage: InputUsage & { readonly output_tokens: number } } {
  const parsed = z.looseObject({ content: z.array(z.looseObject({ type: z.string() })) }).parse(message);
  const written = tokenizer.count(JSON.stringify(parsed.content));
  if (written > request.max_tokens) throw new Error('An answer without a stream must fit into max_tokens here.');
  const usage = { ...input, output_tokens: written, service_tier: 'standard' };
  return { ...parsed, container: null, stop_details: null, usage };
}
