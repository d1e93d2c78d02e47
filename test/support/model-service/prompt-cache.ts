import { createHash } from 'node:crypto';
import type { ServedModel } from './models.ts';
import type { MessagesRequest } from './request-schema.ts';
import { type Tokenizer, toolPromptTokens } from './tokens.ts';

/** The input of a request as it is charged. */
export interface InputUsage {
  readonly input_tokens: number;
  readonly cache_creation_input_tokens: number;
  readonly cache_read_input_tokens: number;
}

/** Blocks before a mark among which an earlier entry is looked for. */
const lookback = 20;
const lifetimeMs = { '5m': 300_000, '1h': 3_600_000 };

interface Boundary {
  /** Digest of everything up to and with this block. */
  readonly key: string;
  /** Tokens up to and with it. */
  readonly tokens: number;
  readonly lifetimeMs: number | undefined;
}

/**
 * The prompt cache of the service. Entries are prefixes, to the byte, that end at a block with `cache_control`, in the order tools, system,
 * messages; they can be read once the answer to the request that writes them has begun.
 */
export class PromptCache {
  readonly #entries = new Map<string, number>();
  readonly #tokenizer: Tokenizer;
  readonly #now: () => number;

  constructor(tokenizer: Tokenizer, now: () => number) {
    this.#tokenizer = tokenizer;
    this.#now = now;
  }

  /** What a request costs, and what must be called when its answer begins. */
  charge(body: MessagesRequest, model: ServedModel): { readonly usage: InputUsage; readonly begun: () => void } {
    const boundaries = boundariesOf(body, this.#tokenizer);
    const total = boundaries.at(-1)?.tokens ?? 0;
    const marks = boundaries.filter(
      ({ lifetimeMs, tokens }) => lifetimeMs !== undefined && tokens >= model.leastCachedTokens,
    );
    const last = marks.at(-1);
    const read = this.#longest(boundaries, marks);
    const written = last === undefined ? 0 : Math.max(0, last.tokens - read);
    return {
      usage: {
        input_tokens: total - read - written,
        cache_creation_input_tokens: written,
        cache_read_input_tokens: read,
      },
      begun: () => {
        for (const { key, lifetimeMs = 0 } of marks) this.#entries.set(key, this.#now() + lifetimeMs);
      },
    };
  }

  /** Tokens of a whole request. */
  count(body: MessagesRequest): number {
    return boundariesOf(body, this.#tokenizer).at(-1)?.tokens ?? 0;
  }

  /** Tokens of the longest prefix that can be read. */
  #longest(boundaries: readonly Boundary[], marks: readonly Boundary[]): number {
    const reachable = marks.flatMap((mark) => {
      const end = boundaries.indexOf(mark) + 1;
      return boundaries.slice(Math.max(0, end - lookback), end);
    });
    const hits = reachable.filter(({ key }) => (this.#entries.get(key) ?? 0) > this.#now());
    return Math.max(0, ...hits.map(({ tokens }) => tokens));
  }
}

function boundariesOf(
  { model, tools = [], system, messages, output_config, cache_control }: MessagesRequest,
  tokenizer: Tokenizer,
): Boundary[] {
  const format = output_config?.format;
  // The schema of the answer and the service's own words about tools stand before everything else.
  const digest = createHash('sha256').update(JSON.stringify([model, format ?? null]));
  let tokens =
    (tools.length > 0 ? toolPromptTokens : 0) + (format ? tokenizer.count(JSON.stringify(format.schema)) : 0);
  const boundaries: Boundary[] = [];
  const add = (kind: string, text: string, mark: { ttl?: '5m' | '1h' | undefined } | null | undefined): void => {
    digest.update(`${kind}\0${text}\0`);
    tokens += tokenizer.count(text);
    const lifetime = mark ? lifetimeMs[mark.ttl ?? '5m'] : undefined;
    boundaries.push({ key: digest.copy().digest('hex'), tokens, lifetimeMs: lifetime });
  };
  for (const { cache_control: mark, ...tool } of tools) add('tool', JSON.stringify(tool), mark);
  if (typeof system === 'string') add('system', system, undefined);
  else for (const { text, cache_control: mark } of system ?? []) add('system', text, mark);
  for (const { role, content } of messages) {
    if (typeof content === 'string') {
      add(role, content, undefined);
      continue;
    }
    for (const block of content) {
      const { cache_control: mark = undefined, ...rest } = { cache_control: undefined, ...block };
      add(role, block.type === 'text' ? block.text : JSON.stringify(rest), mark);
    }
  }
  const end = boundaries.at(-1);
  // At the top level it marks the last block.
  if (cache_control && end) boundaries.splice(-1, 1, { ...end, lifetimeMs: lifetimeMs[cache_control.ttl ?? '5m'] });
  return boundaries;
}
