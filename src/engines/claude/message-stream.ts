import type { MessageCreateParamsStreaming } from '@anthropic-ai/sdk/resources/messages';
import { TakossError, throwIfCancelled } from '../../core/errors.ts';
import type { SharedStep } from '../../core/model-port.ts';
import type { TokenUsage } from '../../core/model-usage.ts';
import { type Connection, Exchange } from './exchange.ts';
import { ClaudeApiFailure, type Subject } from './failures.ts';
import type { ContentEvent, MessageEvent } from './message-event.ts';
import { parallelLimit } from './rate-limit.ts';
import type { Refusals } from './refusals.ts';
import { Pauses } from './retry.ts';
import { refusalOf } from './stop-details.ts';
import { UsageCount } from './usage.ts';

/** An event of the answer's content. */
export interface ContentStep {
  readonly kind: 'event';
  readonly event: ContentEvent;
}

/** How an answer ended. */
export interface MessageEnd {
  readonly usage: TokenUsage;
  /** `length`: it ran into its limit, or into that of the model. `paused`: it called tools and waits for their results. */
  readonly stop: 'end' | 'length' | 'paused';
}

/** Waits, or throws `cancelled` as soon as the signal is aborted. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

export interface MessageParts {
  readonly connection: Connection;
  readonly subject: Subject;
  readonly wait: Wait;
  /** Of all requests for the model. */
  readonly refused: Refusals;
}

/** Between two estimates of the usage, in ms. */
const usageEveryMs = 1000;
/** No token is that long, in characters: an answer with more does not keep to its limit. */
const longestToken = 64;

/**
 * Sends a request, again where that can help and nothing has come of the answer, and streams the answer's events. Throws TakossErrors; whatever ends
 * it, the request is ended too.
 */
export async function* streamMessage(
  params: MessageCreateParamsStreaming,
  parts: MessageParts,
  signal: AbortSignal,
): AsyncGenerator<SharedStep | ContentStep, MessageEnd, void> {
  const pauses = new Pauses();
  const { refused } = parts;
  for (;;) {
    throwIfCancelled(signal);
    const request = { ...params, max_tokens: Math.min(params.max_tokens, refused.mostOutputTokens) };
    const exchange = new Exchange(parts.connection, parts.subject, signal);
    let pause: Extract<SharedStep, { kind: 'waiting' }>;
    try {
      const opened = await exchange.open(request).catch((error: unknown) => exchange.failure(error));
      if (!('error' in opened)) return yield* readMessage(opened, exchange, request.max_tokens);
      const { error, again } = opened;
      const most = outputLimit(error);
      if (most !== undefined && most < request.max_tokens) {
        refused.mostOutputTokens = most;
        continue;
      }
      const waitMs = again === undefined ? undefined : pauses.next(again.afterMs);
      if (again === undefined || waitMs === undefined) throw error;
      pause = { kind: 'waiting', reason: again.reason, waitMs };
    } finally {
      await exchange.close();
    }
    yield pause;
    await parts.wait(pause.waitMs, signal);
  }
}

/** The most that an answer may have, where the service refused to give more: a model that is not known here may write less than others. */
function outputLimit({ cause }: TakossError): number | undefined {
  if (!(cause instanceof ClaudeApiFailure) || cause.status !== 400) return undefined;
  const [, most] = /\bmax_tokens: \d+ > (\d{1,9})\b/.exec(cause.message) ?? [];
  return most === undefined || Number(most) < 1 ? undefined : Number(most);
}

async function* readMessage(
  { start, headers }: Awaited<ReturnType<Exchange['open']>>,
  exchange: Exchange,
  maxTokens: number,
): AsyncGenerator<SharedStep | ContentStep, MessageEnd, void> {
  const usage = new UsageCount();
  usage.report(start.message.usage);
  const limit = parallelLimit(headers, usage.total.inputTokens);
  yield { kind: 'started', ...(limit === undefined ? {} : { limit }) };
  yield { kind: 'usage', usage: usage.total };
  let saidAt = performance.now();
  let left = (maxTokens + 1024) * longestToken;
  let stop: MessageEnd['stop'] = 'end';
  for (;;) {
    let event: MessageEvent | undefined;
    try {
      event = await exchange.next();
      if (event === undefined) throw new Error('The stream ended before the answer did.');
    } catch (thrown) {
      yield { kind: 'usage', usage: usage.total };
      throw exchange.failure(thrown).error;
    }
    switch (event.type) {
      case 'content_block_delta': {
        const { text = '', partial_json = '', thinking = '' } = event.delta;
        const length = text.length + partial_json.length + thinking.length;
        usage.received(length);
        left -= length;
        if (left < 0) {
          yield { kind: 'usage', usage: usage.total };
          throw new TakossError('model', 'Claude did not come to an end. Try again, or choose another model.');
        }
        yield { kind: 'event', event };
        if (performance.now() - saidAt < usageEveryMs) break;
        saidAt = performance.now();
        yield { kind: 'usage', usage: usage.total };
        break;
      }
      case 'content_block_start':
        usage.began(event.content_block.type);
        if (/thinking$/.test(event.content_block.type)) yield { kind: 'thinking' };
        yield { kind: 'event', event };
        break;
      case 'content_block_stop':
        usage.ended();
        yield { kind: 'event', event };
        break;
      case 'message_delta':
        usage.report(event.usage);
        yield { kind: 'usage', usage: usage.total };
        if (event.delta.stop_reason === 'refusal') throw refusalOf(event.delta.stop_details);
        stop = stopOf(event.delta.stop_reason);
        break;
      case 'message_stop':
        await exchange.drain();
        if (exchange.heldBack(usage.total.outputTokens)) yield { kind: 'held-back' };
        return { usage: usage.total, stop };
    }
  }
}

function stopOf(reason: string | null | undefined): MessageEnd['stop'] {
  switch (reason) {
    case 'max_tokens':
    case 'model_context_window_exceeded':
      return 'length';
    case 'tool_use':
      return 'paused';
    case 'pause_turn':
      throw new TakossError('model', 'Claude paused instead of finishing its answer. Try again.');
    default:
      return 'end';
  }
}
