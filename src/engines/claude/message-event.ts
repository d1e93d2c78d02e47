import * as z from 'zod';

const index = z.int().min(0);
/** Blocks and deltas of kinds that are not used may have anything there. */
const text = z.string().optional().catch(undefined);

/** The events of a streamed answer, as far as they are used: platform.claude.com/docs/en/build-with-claude/streaming. */
const eventSchemas = {
  message_start: z.object({ type: z.literal('message_start'), message: z.object({ usage: z.unknown().optional() }) }),
  content_block_start: z.object({
    type: z.literal('content_block_start'),
    index,
    content_block: z.object({
      type: z.string(),
      /** Of a block of text: mostly empty. */
      text,
      /** Of a call of a tool. */
      name: text,
      input: z.unknown().optional(),
    }),
  }),
  content_block_delta: z.object({
    type: z.literal('content_block_delta'),
    index,
    delta: z.object({
      type: z.string(),
      text,
      partial_json: text,
      thinking: text,
    }),
  }),
  content_block_stop: z.object({ type: z.literal('content_block_stop'), index }),
  message_delta: z.object({
    type: z.literal('message_delta'),
    delta: z.object({
      stop_reason: z.string().nullish(),
      stop_details: z
        .object({ category: z.string().nullish().catch(undefined), explanation: z.string().nullish().catch(undefined) })
        .nullish()
        .catch(undefined),
    }),
    usage: z.unknown().optional(),
  }),
  message_stop: z.object({ type: z.literal('message_stop') }),
};

export type MessageEvent = z.infer<(typeof eventSchemas)[keyof typeof eventSchemas]>;
export type MessageStart = Extract<MessageEvent, { type: 'message_start' }>;
/** An event of what the answer says. */
export type ContentEvent = Extract<MessageEvent, { index: number }>;

const kinds: ReadonlyMap<unknown, z.ZodType<MessageEvent>> = new Map(Object.entries(eventSchemas));
const anySchema = z.looseObject({ type: z.string() });

/** Reads an event. Undefined for one of a kind that is not known: more may come. Throws where it is not what its kind is. */
export function parseMessageEvent(event: unknown): MessageEvent | undefined {
  return kinds.get(anySchema.parse(event).type)?.parse(event);
}
