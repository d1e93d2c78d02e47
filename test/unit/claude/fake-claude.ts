import { ClaudeModel, type ClaudeOptions } from '../../../src/engines/claude/claude-model.ts';

/** A key in the form of a real one, which must never come out anywhere. */
export const apiKey = 'sk-ant-api03-SECRET-0123456789_abcdef';

export const prompt = { prefix: 'Rules', task: 'Write it', maxOutputTokens: 4096 };

export type Event = { type: string } & Record<string, unknown>;

export const start = (usage: Record<string, unknown> = {}): Event => ({
  type: 'message_start',
  message: {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    content: [],
    model: 'claude-sonnet-5-5',
    stop_reason: null,
    usage: {
      input_tokens: 12,
      cache_read_input_tokens: 300,
      cache_creation_input_tokens: 40,
      output_tokens: 1,
      ...usage,
    },
  },
});
export const ping: Event = { type: 'ping' };
export const textStart = (index = 0): Event => ({
  type: 'content_block_start',
  index,
  content_block: { type: 'text', text: '' },
});
export const text = (piece: string, index = 0): Event => ({
  type: 'content_block_delta',
  index,
  delta: { type: 'text_delta', text: piece },
});
export const callStart = (index: number, input: unknown = {}): Event => ({
  type: 'content_block_start',
  index,
  content_block: { type: 'tool_use', id: `toolu_${index}`, name: 'write_file', input },
});
export const json = (index: number, piece: string): Event => ({
  type: 'content_block_delta',
  index,
  delta: { type: 'input_json_delta', partial_json: piece },
});
export const blockStop = (index = 0): Event => ({ type: 'content_block_stop', index });
export const end = (stop_reason = 'end_turn', output_tokens = 77, more: Record<string, unknown> = {}): Event => ({
  type: 'message_delta',
  delta: { stop_reason, stop_sequence: null, ...more },
  usage: { output_tokens, input_tokens: null, cache_read_input_tokens: null, cache_creation_input_tokens: null },
});
export const stop: Event = { type: 'message_stop' };
export const errorEvent = (type: string, message: string): Event => ({ type: 'error', error: { type, message } });

/** A whole call, its input in pieces of a length. */
export function call(index: number, input: object | string, length = 7): Event[] {
  const whole = typeof input === 'string' ? input : JSON.stringify(input);
  const pieces = Array.from({ length: Math.ceil(whole.length / length) }, (_, piece) =>
    json(index, whole.slice(piece * length, (piece + 1) * length)),
  );
  return [callStart(index), ...pieces, blockStop(index)];
}

/** A whole answer of text. */
export const saying = (whole: string, length = 7): Event[] => [
  start(),
  textStart(),
  ...(whole.match(new RegExp(`.{1,${length}}`, 'gsu'))?.map((piece) => text(piece)) ?? []),
  blockStop(),
  end(),
  stop,
];

export const sse = (events: readonly Event[]): string =>
  events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('');

export interface SentRequest {
  readonly url: string;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
  readonly signal: AbortSignal | undefined;
}

/** Answers in turn, the last one from then on; keeps what was asked. */
export function fakeFetch(...answers: ((request: SentRequest) => Response | Promise<Response>)[]) {
  const requests: SentRequest[] = [];
  const fetch = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const request: SentRequest = {
      url: String(input),
      headers: new Headers(init.headers),
      body: typeof init.body === 'string' ? JSON.parse(init.body) : {},
      signal: init.signal ?? undefined,
    };
    const answer = answers[Math.min(requests.length, answers.length - 1)];
    requests.push(request);
    if (answer === undefined) throw new Error('There is no answer.');
    return answer(request);
  };
  return { fetch, requests };
}

export const streamHeaders = { 'content-type': 'text/event-stream; charset=utf-8' };

/** A body of these pieces. It ends, fails or stays open. */
export function body(
  pieces: readonly (string | Uint8Array)[],
  ending: 'end' | 'cut' | 'open' = 'end',
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      const piece = pieces[at];
      at += 1;
      if (piece !== undefined) controller.enqueue(typeof piece === 'string' ? encoder.encode(piece) : piece);
      else if (ending === 'end') controller.close();
      else if (ending === 'cut')
        controller.error(Object.assign(new TypeError('terminated'), { code: 'UND_ERR_SOCKET' }));
      else return new Promise(() => {});
      return undefined;
    },
  });
}

/** An answer that streams these events. */
export const streaming =
  (
    events: readonly Event[],
    { ending = 'end', headers = {} }: { ending?: 'end' | 'cut' | 'open'; headers?: Record<string, string> } = {},
  ) =>
  (): Response =>
    new Response(body([sse(events)], ending), { headers: { ...streamHeaders, ...headers } });

/** An answer that is an error, as the API words it. */
export const refusing =
  (status: number, type: string, message: string, headers: Record<string, string> = {}, details?: object) =>
  (): Response =>
    Response.json(
      { type: 'error', error: { type, message, ...(details === undefined ? {} : { details }) }, request_id: 'req_011' },
      { status, headers: { 'request-id': 'req_011', ...headers } },
    );

export function claude(fetch: typeof globalThis.fetch, options: Partial<ClaudeOptions> = {}) {
  const waits: number[] = [];
  const model = new ClaudeModel({
    apiKey,
    fetch,
    wait: async (ms) => {
      waits.push(ms);
    },
    ...options,
  });
  return { model, waits };
}

export const never = (): AbortSignal => new AbortController().signal;

/** All that a generator yields, and how it ends. */
export async function collect<S, R>(
  steps: AsyncGenerator<S, R, void>,
): Promise<{ steps: S[]; result: R; error?: undefined } | { steps: S[]; error: unknown; result?: undefined }> {
  const said: S[] = [];
  try {
    for (;;) {
      const next = await steps.next();
      if (next.done) return { steps: said, result: next.value };
      said.push(next.value);
    }
  } catch (error) {
    return { steps: said, error };
  }
}

/** What work comes to, and the time this process spent on it, whatever else runs on the machine. */
export async function cpuTime<T extends object>(work: () => Promise<T>): Promise<T & { cpuMs: number }> {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { ...result, cpuMs: (user + system) / 1000 };
}
