import { TakossError } from '../core/errors.ts';
import {
  type CodeChunkData,
  type GeneratedFile,
  type GenerationResult,
  generationResultSchema,
  type ProgressData,
  type StreamEvent,
  streamEventSchema,
} from '../core/events.ts';
import { cleanLine, cleanValue } from './clean-text.ts';
import { type EventId, formatEventId, parseEventId } from './event-id.ts';
import { readFirstVersionResult } from './first-version-result.ts';
import type { SseMessage } from './sse-decode.ts';

/** What a message means to whoever follows a run. Undefined: it had come before. */
export type Step =
  | { readonly kind: 'event'; readonly event: StreamEvent }
  /** The last message. {@link RemoteRun.finish} reads it. */
  | { readonly kind: 'result'; readonly data: unknown }
  /** It is new, but there is nothing to pass on. */
  | { readonly kind: 'nothing' }
  | undefined;

const nothing: Step = { kind: 'nothing' };
const knownTypes: ReadonlySet<string> = new Set(streamEventSchema.options.map(({ shape }) => shape.type.value));

/** What a run may send in total, in UTF-16 units: several times what the largest project needs. */
const maxTotalLength = 256 * 1024 * 1024;

/**
 * What is known of a run from its messages, over all connections. The server is not trusted: every message is parsed, counted and compared
 * with what came before.
 */
export class RemoteRun {
  /** The phase that was spoken of last. */
  phase = 'initialization';
  #runId: string | undefined;
  #lastSeq: number;
  /** Whether it is read from its beginning. */
  readonly #isWhole: boolean;
  #hasEvents = false;
  /** Whether events carry ids: those of a server of the first version do not. */
  #isNumbered = false;
  #totalLength = 0;
  /** Held back until the result is there too: whoever sees it writes the files. */
  #complete: StreamEvent | undefined;
  /** What the last pieces of files said of them. */
  readonly #files = new Map<string, GeneratedFile>();
  /** All pieces, of a server that need not say anything of whole files. */
  readonly #chunks: CodeChunkData[] = [];

  /** A run that is about to start, or a known one after an event; `seq` 0 is the beginning. */
  constructor(known?: EventId) {
    this.#runId = known?.runId;
    this.#lastSeq = known?.seq ?? 0;
    this.#isWhole = this.#lastSeq === 0;
  }

  /** The id with which the run can be resumed, once it is known. */
  get runId(): string | undefined {
    return this.#runId;
  }

  /**
   * Whether another connection can go on where this one broke. Events without numbers cannot be asked for again, and starting the run again
   * would generate twice.
   */
  get canResume(): boolean {
    return !this.#hasEvents || this.#isNumbered;
  }

  /** The `Last-Event-ID` to resume with; undefined to have everything from the beginning. */
  get lastEventId(): string | undefined {
    if (this.#runId === undefined || this.#lastSeq === 0) return undefined;
    return formatEventId({ runId: this.#runId, seq: this.#lastSeq });
  }

  /** Takes the id that an answer or an event carries. Throws `protocol` when it is another run's. */
  identify(runId: string): void {
    this.#runId ??= runId;
    if (runId !== this.#runId) throw broken('it sent another run than the one that was asked for');
  }

  /** Takes a message. Throws `protocol` for one that does not fit. */
  accept({ id, event: name, data }: SseMessage): Step {
    if (!this.#count(id)) return undefined;
    this.#hasEvents = true;
    this.#totalLength += data.length;
    if (this.#totalLength > maxTotalLength) throw broken('it sent more than any project needs');
    // A name is for other listeners, as in a browser; our events have none.
    if (name !== undefined && name !== 'message') return nothing;
    const message = parseMessage(data);
    if (message.type === 'result') return { kind: 'result', data: message.data };
    // Newer servers may say more than this client knows.
    if (!knownTypes.has(message.type)) return nothing;
    return this.#acceptEvent(message);
  }

  /** Reads the result, and compares the files it lists with those that came. Throws `protocol`. */
  async finish(data: unknown): Promise<{ complete: StreamEvent; result: GenerationResult }> {
    const result = cleanValue(
      this.#isNumbered ? this.#checkFiles(parseResult(data)) : await readFirstVersionResult(data, this.#chunks),
    );
    if (!result.success) throw new TakossError('internal', 'The server says that the generation failed. Run it again.');
    const { projectId } = result;
    const complete: StreamEvent = this.#complete ?? {
      type: 'complete',
      phase: 'complete',
      message: 'Successfully generated',
      progress: 100,
      data: { projectId },
    };
    return { complete, result };
  }

  /** Whether the message is the next one. */
  #count(id: string | undefined): boolean {
    if (id === undefined || id === '') {
      if (this.#isNumbered || this.#lastSeq > 0) throw broken('an event has no number');
      return true;
    }
    // Nearly always it is the next, which is quickly seen.
    if (this.#isNumbered && id === `${this.#runId}:${this.#lastSeq + 1}`) {
      this.#lastSeq += 1;
      return true;
    }
    const position = parseEventId(id);
    // Ids that are not ours say nothing, and cannot be resumed with.
    if (position === undefined) {
      if (this.#isNumbered) throw broken('an event has no number');
      return true;
    }
    this.identify(position.runId);
    this.#isNumbered = true;
    if (position.seq <= this.#lastSeq) return false;
    if (position.seq !== this.#lastSeq + 1) {
      throw broken(`event ${this.#lastSeq + 1} is missing; ${position.seq} came instead`);
    }
    this.#lastSeq = position.seq;
    return true;
  }

  #acceptEvent(message: unknown): Step {
    const parsed = streamEventSchema.safeParse(message);
    if (!parsed.success) throw broken('an event cannot be read', parsed.error);
    const event = parsed.data;
    event.message = cleanLine(event.message);
    event.phase = cleanLine(event.phase, 100);
    if (event.type !== 'code_chunk' && event.data !== undefined) event.data = cleanValue(event.data);
    if (this.#isNumbered && this.#runId !== undefined) {
      event.runId = this.#runId;
      event.seq = this.#lastSeq;
    } else {
      // What cannot be resumed carries nothing to resume with.
      delete event.runId;
      delete event.seq;
    }
    if (event.type !== 'error' && event.type !== 'complete') this.phase = event.phase;
    if (event.type === 'code_chunk') this.#takeChunk(event.data);
    if (event.type === 'phase_progress' && event.data !== undefined) cleanProgress(event.data);
    if (event.type !== 'complete') return { kind: 'event', event };
    this.#complete = event;
    return nothing;
  }

  #takeChunk(data: CodeChunkData): void {
    if (!this.#isNumbered) {
      this.#chunks.push(data);
    } else if (data.isDiscarded === true) {
      this.#files.delete(data.file);
    } else if (data.isComplete) {
      const { file, bytes, sha256 } = data;
      if (bytes === undefined || sha256 === undefined) throw broken(`${cleanLine(file, 80)} has no checksum`);
      this.#files.set(file, { path: file, bytes, sha256 });
    }
  }

  /** The checksums themselves are compared with the contents by whoever puts the pieces together. */
  #checkFiles(result: GenerationResult): GenerationResult {
    const listed = new Map(result.files.map((file) => [file.path, file]));
    for (const { path, bytes, sha256 } of this.#files.values()) {
      const file = listed.get(path);
      if (file?.sha256 !== sha256 || file.bytes !== bytes)
        throw broken(`${cleanLine(path, 80)} is not in the result as it came`);
    }
    const missing = this.#isWhole ? result.files.find((file) => !this.#files.has(file.path)) : undefined;
    if (missing !== undefined) throw broken(`${cleanLine(missing.path, 80)} did not come`);
    return result;
  }
}

/** By hand, because a schema would copy what the event's own schema copies again. */
function parseMessage(data: string): { readonly type: string; readonly data?: unknown } {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch (error) {
    throw broken('a message is no JSON', error);
  }
  if (!isMessage(value)) throw broken('a message has no type');
  return value;
}

function isMessage(value: unknown): value is { readonly type: string; readonly data?: unknown } {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function parseResult(data: unknown): GenerationResult {
  const parsed = generationResultSchema.safeParse(data);
  if (!parsed.success) throw broken('the result cannot be read', parsed.error);
  return parsed.data;
}

function broken(reason: string, cause?: unknown): TakossError {
  return new TakossError(
    'protocol',
    `The server does not speak as a Takoss server does: ${reason}. Nothing was written. Run it again.`,
    { cause },
  );
}

/** Words of the server that people read, without what terminals and lists could take for more than words. */
function cleanProgress(data: ProgressData): void {
  if (data.task !== undefined) data.task = cleanLine(data.task);
  if (data.notice !== undefined) data.notice = cleanLine(data.notice);
  if (data.found !== undefined) data.found.name = cleanLine(data.found.name);
  if (data.slice === undefined) return;
  data.slice.title = cleanLine(data.slice.title);
  if (data.slice.reason !== undefined) data.slice.reason = cleanLine(data.slice.reason);
}
