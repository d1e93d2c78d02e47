import type * as z from 'zod';
import { TakossError } from './errors.ts';
import type { ModelPrice, TokenUsage } from './model-usage.ts';

/**
 * A language model, as the engine knows it. Every request stands by itself: what an earlier one answered is quoted in the next where it
 * matters, so that no provider's conversation format leaks in and any request can be repeated.
 *
 * Both methods throw TakossErrors: `model-key`, `model-credit`, `model-unknown`, `rate-limit`, `model-overloaded`, `network` (no connection, a stream
 * that was cut or fell silent), `model` (refused, or answered something that cannot be read), `cancelled`. What was used until then has been said as `usage` steps.
 * Retrying is theirs before the first byte of an answer and the caller's afterwards.
 */
export interface ModelPort {
  /** The id of its provider, such as `claude`: the engine that a result names. */
  readonly engine: string;
  /** How a sentence about it begins: `Claude`, `The language model`. */
  readonly label: string;
  /** The model's id, as its provider calls it: part of the keys of kept work. */
  readonly model: string;
  readonly limits: ModelLimits;
  /** Undefined where it is not known, or where the user pays by subscription. */
  readonly price: ModelPrice | undefined;
  /** Tokens of a text, estimated on this machine without a request: never far too low. */
  estimateTokens(text: string): number;
  /** Asks for a value of a schema. */
  answer<T>(
    prompt: ModelPrompt,
    schema: z.ZodType<T>,
    options: ModelOptions,
  ): AsyncGenerator<AnswerStep, Answer<T>, void>;
  /** Asks for files, which the model writes one after another. */
  write(prompt: ModelPrompt, options: ModelOptions): AsyncGenerator<WriteStep, Written, void>;
}

/** The model declined to answer, as a matter of its provider's policy: asked the same again, it declines again. */
export class ModelRefusal extends TakossError {
  /** The area of the policy, for a sentence; undefined where it was not said. */
  readonly category: string | undefined;

  constructor(message: string, category: string | undefined, cause?: unknown) {
    super('model', message, { cause });
    this.category = category;
  }
}

export interface ModelLimits {
  /** Tokens that fit into a request, the answer not counted. */
  readonly inputTokens: number;
  /** Tokens of an answer, at most. */
  readonly outputTokens: number;
  /** Requests that may be under way at once, to begin with. */
  readonly parallel: number;
}

export interface ModelPrompt {
  /**
   * What all requests of a kind share, byte for byte, so that the provider can cache it: rules, conventions, the project's own files.
   */
  readonly prefix: string;
  /** What this request is about. */
  readonly task: string;
  /** The most the answer may have, in tokens; at most `limits.outputTokens`. */
  readonly maxOutputTokens: number;
}

export interface ModelOptions {
  readonly signal: AbortSignal;
}

/** Said by both kinds of request. */
export type SharedStep =
  /** The answer has begun: the prefix can be read from the cache from now on. `limit` is what the service says may run at once, where it does. */
  | { readonly kind: 'started'; readonly limit?: number }
  /** Used by this request so far: total, not difference. */
  | { readonly kind: 'usage'; readonly usage: TokenUsage }
  /** The request waits before it is sent again: this key has used up its share for now, the service has too much to do, or it cannot be reached. */
  | { readonly kind: 'waiting'; readonly reason: 'rate-limit' | 'overloaded' | 'network'; readonly waitMs: number }
  /** The model thinks, and nothing else comes meanwhile. What it thinks is paid for. */
  | { readonly kind: 'thinking' }
  /** Something between here and the service keeps the answer back until it is whole. */
  | { readonly kind: 'held-back' };

export type AnswerStep =
  | SharedStep
  /** What the answer is so far, as JSON that is closed where it broke off; not checked. At most some ten times a second. */
  | { readonly kind: 'partial'; readonly value: unknown };

export type Answer<T> = { readonly usage: TokenUsage } & (
  | { readonly ok: true; readonly value: T }
  /** The answer was cut off at `maxOutputTokens` (`length`), or it is not of the schema: `problems` says where, a sentence each. */
  | {
      readonly ok: false;
      readonly reason: 'length' | 'schema';
      readonly problems: readonly string[];
      readonly text: string;
    }
);

export type WriteStep =
  | SharedStep
  /** A file begins. `file` counts the files of this request from 0. */
  | { readonly kind: 'file'; readonly file: number; readonly path: string }
  /** More of its text. */
  | { readonly kind: 'text'; readonly file: number; readonly text: string }
  /** Its end. A file without one was cut off. */
  | { readonly kind: 'file-end'; readonly file: number };

export interface Written {
  readonly usage: TokenUsage;
  /**
   * `end`: the model was done. `length`: it ran into `maxOutputTokens`; the last file is cut off. `paused`: it waits to hear what became of its files, and may
   * have more to write.
   */
  readonly stop: 'end' | 'length' | 'paused';
  /** Whole files only, in order. Paths are as the model wrote them: unchecked. */
  readonly files: readonly { readonly path: string; readonly content: string }[];
  /** What it said beside the files, for the log. */
  readonly remarks: string;
}
