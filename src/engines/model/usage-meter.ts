import type { ModelPort, ModelPrompt } from '../../core/model-port.ts';
import {
  addUsage,
  costOf,
  type ModelPrice,
  type ModelUsage,
  noUsage,
  type TokenUsage,
} from '../../core/model-usage.ts';

/** Tokens that a provider adds to what it reads: the schema of the answer, definitions of tools, its own instructions. A generous guess. */
const overheadTokens = 4000;

/** Tokens of a user's text over those that are estimated, at most: hashes, base64 and emoji have one in 1.5 bytes. */
const densestText = 1.7;

interface OpenRequest {
  usage: TokenUsage;
  readonly reservedUsd: number;
  /** Of the model that it was sent to. */
  readonly price: ModelPrice | undefined;
}

function spentOn({ usage, price }: OpenRequest): number {
  return price === undefined ? 0 : costOf(usage, price);
}

/** A request that may be sent: what it can cost at most is set aside until it is closed. */
export interface MeteredRequest {
  /** The prompt, with as many tokens for the answer as the budget leaves. */
  readonly prompt: ModelPrompt;
  /** Takes what the request has used so far: its total. */
  update(usage: TokenUsage): void;
  /** Gives back what was set aside and not used. May be called twice. */
  close(): void;
}

/**
 * Counts what a run uses and keeps it within the budget. The budget cannot be passed: before a request is sent, its worst case is set aside,
 * and the answer is bounded to what is left.
 */
export class UsageMeter {
  readonly #port: ModelPort;
  readonly #budgetUsd: number | undefined;
  /** Of requests that have been closed. */
  #closed: TokenUsage = noUsage;
  #closedUsd = 0;
  /** Whether the price of every model that was asked is known. */
  #isPriced: boolean;
  readonly #open = new Map<symbol, OpenRequest>();

  /** `budgetUsd` without effect for a model whose price is not known: hosts refuse such a run before it begins. */
  constructor(port: ModelPort, budgetUsd?: number) {
    this.#port = port;
    this.#budgetUsd = budgetUsd;
    this.#isPriced = port.price !== undefined;
  }

  /** What the run has used so far, requests under way included. */
  get usage(): ModelUsage {
    const open = [...this.#open.values()];
    const tokens = open.map(({ usage }) => usage).reduce(addUsage, this.#closed);
    return {
      ...tokens,
      model: this.#port.model,
      ...(this.#isPriced ? { costUsd: open.reduce((sum, request) => sum + spentOn(request), this.#closedUsd) } : {}),
      ...(this.#budgetUsd === undefined ? {} : { budgetUsd: this.#budgetUsd }),
    };
  }

  /** Dollars that are neither spent nor set aside; undefined without a budget. */
  get leftUsd(): number | undefined {
    if (this.#budgetUsd === undefined || this.#port.price === undefined) return undefined;
    const open = [...this.#open.values()];
    const used = open.reduce((sum, request) => sum + Math.max(request.reservedUsd, spentOn(request)), 0);
    return this.#budgetUsd - this.#closedUsd - used;
  }

  /**
   * Opens a request to the model of the run, or to another one, or returns undefined where the budget does not leave `leastOutputTokens` for its
   * answer.
   */
  open(prompt: ModelPrompt, leastOutputTokens: number, port = this.#port): MeteredRequest | undefined {
    const { price, limits } = port;
    const wanted = Math.min(prompt.maxOutputTokens, limits.outputTokens);
    const id = Symbol();
    const left = this.leftUsd;
    if (price === undefined || left === undefined)
      return this.#start(id, { ...prompt, maxOutputTokens: wanted }, 0, price);
    const read = port.estimateTokens(prompt.prefix) + port.estimateTokens(prompt.task) * densestText + overheadTokens;
    // The dearest way in which it could be read: all of it into the cache.
    const readUsd = (read * Math.max(price.cacheWrite, price.input)) / 1_000_000;
    const affordable = price.output === 0 ? wanted : Math.floor(((left - readUsd) * 1_000_000) / price.output);
    const maxOutputTokens = Math.min(wanted, affordable);
    if (maxOutputTokens < leastOutputTokens) return undefined;
    const reserved = readUsd + (maxOutputTokens * price.output) / 1_000_000;
    return this.#start(id, { ...prompt, maxOutputTokens }, reserved, price);
  }

  #start(id: symbol, prompt: ModelPrompt, reservedUsd: number, price: ModelPrice | undefined): MeteredRequest {
    this.#open.set(id, { usage: noUsage, reservedUsd, price });
    if (price === undefined) this.#isPriced = false;
    return {
      prompt,
      update: (usage) => {
        const request = this.#open.get(id);
        if (request !== undefined) request.usage = usage;
      },
      close: () => {
        const request = this.#open.get(id);
        if (request === undefined) return;
        this.#open.delete(id);
        this.#closed = addUsage(this.#closed, request.usage);
        this.#closedUsd += spentOn(request);
      },
    };
  }
}
