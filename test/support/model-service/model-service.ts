import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { AnswerSender } from './answer-sender.ts';
import { type ApiError, errorBody, invalidRequest } from './api-error.ts';
import { type Asked, askedBy } from './asked.ts';
import { readBody } from './body.ts';
import { allowPage, answerPreflight, type Preflight, preflightOf } from './browser-access.ts';
import { type Fault, FaultPlan } from './faults.ts';
import { chargeMessage, MessageStream } from './message-stream.ts';
import { modelInfo, servedModels } from './models.ts';
import type { Pace } from './pace.ts';
import { PromptCache } from './prompt-cache.ts';
import type { Reply } from './replies.ts';
import { checkCountRequest, checkRequest, type GoodRequest, headerError, mostBodyBytes } from './request-rules.ts';
import { Tokenizer, usualBytesPerToken } from './tokens.ts';
import { Upstream, upstreamEvents } from './upstream.ts';

export interface ModelServiceOptions {
  /** What the model answers. What it throws, the client gets as 500. */
  readonly reply: (asked: Asked) => Reply | Promise<Reply>;
  /** As fast as it can without one. */
  readonly pace?: Pace;
  /** Characters of a delta; 16 by default. */
  readonly deltaLength?: number;
  /** How the service counts tokens: 3 by default. */
  readonly bytesPerToken?: number;
  /** Requests beyond so many at once get 429. */
  readonly mostParallel?: number;
  /** What the headers say may be asked in a minute. Not enforced. */
  readonly requestsPerMinute?: number;
  /** Called with what a delta adds to the answer of a request, when it is sent. */
  readonly onDelta?: (text: string, requestId: string) => void;
}

/** Tokens as the service charges them. */
export interface ChargedUsage {
  readonly input_tokens: number;
  readonly cache_creation_input_tokens: number;
  readonly cache_read_input_tokens: number;
  readonly output_tokens: number;
}

/** A request that was made, and what became of it. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  /** The body, byte for byte. */
  readonly raw: string;
  readonly requestId: string;
  /** Undefined for what was refused. */
  asked: Asked | undefined;
  fault: Fault['kind'] | undefined;
  /** 0 until it is answered, and for connections that were broken before. */
  status: number;
  /** Events of the stream that were sent. */
  events: number;
  /** Charged until now; undefined for answers that did not begin. */
  usage: ChargedUsage | undefined;
  /** Whether everything was sent. */
  isFinished: boolean;
  /** Whether the connection closed before that. */
  isBroken: boolean;
}

/**
 * The service of a language model on a local port: aimock writes the answers, and this front before it refuses wrong requests as the real one does,
 * charges, caches prefixes, paces, and fails as it is told to.
 */
export class ModelService {
  /** The key that is not refused. */
  readonly key = 'sk-ant-test-0123456789-secret';
  readonly faults = new FaultPlan();
  readonly requests: RecordedRequest[] = [];
  /** What browsers asked before they sent requests. */
  readonly preflights: Preflight[] = [];
  /** Answers under way at once, at most. */
  mostParallel = 0;
  reply: ModelServiceOptions['reply'];
  /** Whether pages may read no headers but those that every page may, as behind a gateway that does not name the others. */
  hidesHeaders = false;
  readonly #options: ModelServiceOptions;
  readonly #upstream: Upstream;
  readonly #tokenizer: Tokenizer;
  readonly #cache: PromptCache;
  readonly #server: Server;
  #running = 0;
  #port = 0;

  private constructor(options: ModelServiceOptions) {
    this.#options = options;
    this.reply = options.reply;
    this.#tokenizer = new Tokenizer(options.bytesPerToken ?? usualBytesPerToken);
    this.#cache = new PromptCache(this.#tokenizer, () => Date.now());
    this.#upstream = new Upstream(options.deltaLength ?? 16);
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        if (response.headersSent) response.destroy();
        else this.#refuse(response, { status: 500, type: 'api_error', message: String(error) });
      });
    });
  }

  static async start(options: ModelServiceOptions): Promise<ModelService> {
    const service = new ModelService(options);
    await service.#upstream.start();
    await service.#listen(0);
    return service;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Requests for answers, refused ones included. */
  get messages(): readonly RecordedRequest[] {
    return this.requests.filter(({ path }) => path === '/v1/messages');
  }

  /** Tokens charged for all requests so far. */
  get charged(): ChargedUsage {
    const sum = (name: keyof ChargedUsage) =>
      this.requests.reduce((total, { usage }) => total + (usage?.[name] ?? 0), 0);
    return {
      input_tokens: sum('input_tokens'),
      cache_creation_input_tokens: sum('cache_creation_input_tokens'),
      cache_read_input_tokens: sum('cache_read_input_tokens'),
      output_tokens: sum('output_tokens'),
    };
  }

  /** Forgets requests and faults, but not what is cached. */
  reset(): void {
    this.requests.length = 0;
    this.preflights.length = 0;
    this.hidesHeaders = false;
    this.mostParallel = 0;
    this.faults.clear();
  }

  /** Nobody answers on the port any more, until {@link comeBack}. */
  async goAway(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async comeBack(): Promise<void> {
    await this.#listen(this.#port);
  }

  async stop(): Promise<void> {
    if (this.#server.listening) await this.goAway();
    await this.#upstream.stop();
  }

  async #listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', resolve);
    });
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
    this.#port = address.port;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const preflight = preflightOf(request);
    if (preflight !== undefined) {
      this.preflights.push(preflight);
      return answerPreflight(preflight, response);
    }
    const path = new URL(request.url ?? '/', this.url).pathname;
    const body = await readBody(request, mostBodyBytes);
    const record: RecordedRequest = {
      method: request.method ?? '',
      path,
      raw: body ?? '',
      requestId: `req_${randomUUID().replaceAll('-', '')}`,
      asked: undefined,
      fault: undefined,
      status: 0,
      events: 0,
      usage: undefined,
      isFinished: false,
      isBroken: false,
    };
    this.requests.push(record);
    for (const [name, value] of Object.entries(this.#headers(record))) response.setHeader(name, value);
    response.on('finish', () => {
      record.status = response.statusCode;
      record.isFinished = true;
    });
    response.on('close', () => {
      record.isBroken = !record.isFinished;
    });
    if (body === undefined) {
      const message = 'Request exceeds the maximum size';
      return this.#refuse(response, { status: 413, type: 'request_too_large', message });
    }
    const error = allowPage(request, response, this.hidesHeaders) ?? headerError(request.headers, this.key);
    if (error !== undefined) return this.#refuse(response, error);
    switch (`${request.method} ${path}`) {
      case 'GET /v1/models': {
        const data = servedModels.map(modelInfo);
        return json(response, {
          data,
          has_more: false,
          first_id: servedModels[0]?.id,
          last_id: servedModels.at(-1)?.id,
        });
      }
      case 'POST /v1/messages/count_tokens': {
        const checked = checkCountRequest(body);
        if (!checked.ok) return this.#refuse(response, checked.error);
        return json(response, { input_tokens: this.#cache.count(checked.value.body) });
      }
      case 'POST /v1/messages': {
        const checked = checkRequest(body, request.headers['anthropic-version']);
        if (!checked.ok) return this.#refuse(response, checked.error);
        return await this.#answer(checked.value, record, response);
      }
    }
    const model = servedModels.find(({ id }) => path === `/v1/models/${id}`);
    if (model !== undefined && request.method === 'GET') return json(response, modelInfo(model));
    this.#refuse(response, { status: 404, type: 'not_found_error', message: 'Not found' });
  }

  async #answer(good: GoodRequest, record: RecordedRequest, response: ServerResponse): Promise<void> {
    const startedAt = performance.now();
    const tokens = this.#cache.count(good.body);
    if (tokens > good.model.maxInputTokens) {
      const message = `prompt is too long: ${tokens} tokens > ${good.model.maxInputTokens} maximum`;
      return this.#refuse(response, invalidRequest(message));
    }
    const asked = askedBy(good.body);
    const fault = this.faults.take(asked);
    record.asked = asked;
    record.fault = fault?.kind;
    if (fault?.kind === 'reset') {
      response.socket?.resetAndDestroy();
      return;
    }
    if (fault?.kind === 'error') return this.#refuse(response, fault.error);
    if (this.#running >= (this.#options.mostParallel ?? Number.POSITIVE_INFINITY)) {
      const message = 'Number of concurrent connections has exceeded your rate limit.';
      return this.#refuse(response, {
        status: 429,
        type: 'rate_limit_error',
        message,
        headers: { 'retry-after': '1' },
      });
    }
    this.#running += 1;
    this.mostParallel = Math.max(this.mostParallel, this.#running);
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    try {
      await this.#send(good, { asked, fault, record, response, startedAt, signal: gone.signal });
    } catch (error) {
      // Nobody is there to be told when the client has left.
      if (!gone.signal.aborted) throw error;
    } finally {
      this.#running -= 1;
    }
  }

  async #send(
    { body, model }: GoodRequest,
    { asked, fault, record, response, startedAt, signal }: Answering,
  ): Promise<void> {
    const reply = await this.reply(asked);
    const hasTool = body.tools?.some(({ name }) => name === 'write_file') ?? false;
    if (reply.files !== undefined && !hasTool)
      throw new Error('The script has files, and the request no tool for them.');
    const upstream = await this.#upstream.ask(record.raw, reply, signal);
    const { usage, begun } = this.#cache.charge(body, model);
    if (body.stream !== true) {
      const message = chargeMessage(await upstream.json(), body, usage, this.#tokenizer);
      record.usage = { ...usage, output_tokens: message.usage.output_tokens };
      begun();
      return json(response, message);
    }
    const sender = new AnswerSender({
      response,
      headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
      pace: this.#options.pace,
      startedAt,
      fault,
      signal,
      onEvent: (events, outputTokens) => {
        if (events === 1) begun();
        record.events = events;
        record.usage = { ...usage, output_tokens: outputTokens };
      },
      onDelta: (text) => this.#options.onDelta?.(text, record.requestId),
    });
    await sender.send(new MessageStream(body, usage, this.#tokenizer), upstreamEvents(upstream));
  }

  #refuse(response: ServerResponse, error: ApiError): void {
    response.writeHead(error.status, { 'content-type': 'application/json', ...error.headers });
    response.end(errorBody(error, String(response.getHeader('request-id'))));
  }

  #headers({ requestId }: RecordedRequest): Record<string, string> {
    const limit = this.#options.requestsPerMinute ?? 4000;
    const reset = new Date(Date.now() + 60_000).toISOString();
    const remaining = Math.max(0, limit - this.messages.length);
    return {
      'request-id': requestId,
      'anthropic-organization-id': '00000000-0000-4000-8000-000000000000',
      'anthropic-ratelimit-requests-limit': String(limit),
      'anthropic-ratelimit-requests-remaining': String(remaining),
      'anthropic-ratelimit-requests-reset': reset,
      'anthropic-ratelimit-input-tokens-limit': '2000000',
      'anthropic-ratelimit-input-tokens-remaining': '2000000',
      'anthropic-ratelimit-input-tokens-reset': reset,
      'anthropic-ratelimit-output-tokens-limit': '400000',
      'anthropic-ratelimit-output-tokens-remaining': '400000',
      'anthropic-ratelimit-output-tokens-reset': reset,
    };
  }
}

interface Answering {
  readonly asked: Asked;
  readonly fault: Fault | undefined;
  readonly record: RecordedRequest;
  readonly response: ServerResponse;
  readonly startedAt: number;
  readonly signal: AbortSignal;
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}
