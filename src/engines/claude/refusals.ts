import type * as z from 'zod';

/** What a service, or a proxy in front of it, has refused of earlier requests for a model: it is not asked for that again. */
export class Refusals {
  readonly schemas = new WeakSet<z.ZodType>();
  eagerStreaming = false;
  /** The most tokens that it lets an answer have. */
  mostOutputTokens = Number.POSITIVE_INFINITY;
}
