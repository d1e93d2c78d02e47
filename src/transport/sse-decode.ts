import { createParser, type EventSourceParser } from 'eventsource-parser';
import { TakossError } from '../core/errors.ts';

/** A message of a stream of Server-Sent Events. */
export interface SseMessage {
  /** The id it carried itself, if it did. */
  readonly id?: string | undefined;
  /** Its `event:` field, if it had one. Ours never do. */
  readonly event?: string | undefined;
  readonly data: string;
}

/** The longest message, in UTF-16 units: many times the result of the largest project. A longer one is broken or hostile. */
const maxMessageLength = 16 * 1024 * 1024;

/** Takes bytes as they come and gives the messages that are whole. One per connection. */
export class SseDecoder {
  // The parser strips the one byte order mark that the standard allows; the decoder must not strip it before.
  readonly #text = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #parser: EventSourceParser;
  #messages: SseMessage[] = [];
  #retryMs: number | undefined;
  #overflowed = false;

  constructor(options: { maxMessageLength?: number } = {}) {
    this.#parser = createParser({
      maxBufferSize: options.maxMessageLength ?? maxMessageLength,
      onEvent: (message) => this.#messages.push(message),
      onRetry: (milliseconds) => {
        this.#retryMs = milliseconds;
      },
      onError: (error) => {
        // Fields that nobody knows are ignored, as the standard says.
        if (error.type === 'max-buffer-size-exceeded') this.#overflowed = true;
      },
    });
  }

  /** How long the server wants clients to wait before they reconnect, in ms, if it has said so. */
  get retryMs(): number | undefined {
    return this.#retryMs;
  }

  /** The messages that these bytes complete. Throws `protocol` when one is too long. */
  decode(bytes: Uint8Array): readonly SseMessage[] {
    this.#messages = [];
    this.#parser.feed(this.#text.decode(bytes, { stream: true }));
    if (this.#overflowed) {
      throw new TakossError('protocol', 'The server sent a message without an end. Nothing was written. Run it again.');
    }
    return this.#messages;
  }
}
