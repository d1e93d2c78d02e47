import { EventEmitter } from 'node:events';
import { TakossError } from './core/errors.ts';
import type { GenerationResult, StreamEvent } from './core/events.ts';
import type { Generator } from './core/ports.ts';
import { type ProjectRequest, parseRequest } from './core/request.ts';
import type { WorkStore } from './core/slices.ts';
import { createLocalGenerator } from './local-generator.ts';

export type { ErrorCode } from './core/errors.ts';
export type { GenerationResult, ProjectRequest, StreamEvent };
export { TakossError };

interface OrchestratorEvents {
  progress: [event: StreamEvent];
}

/** How a generation of the package goes. */
export interface OrchestratorOptions {
  /** `claude` needs a key. Without one named, a key means Claude, and no key means rules. */
  readonly engine?: 'offline' | 'claude';
  /** A model of Claude; the newest Sonnet without. */
  readonly model?: string;
  /** The most the run may cost, in US dollars. */
  readonly budgetUsd?: number;
  /** Where the service of Claude is, if not at its usual place. */
  readonly baseUrl?: string;
}

/**
 * Runs one generation for JavaScript users, as the first version's class of the same name did: listen to `progress`, await
 * `generateApplication`. Files arrive as `code_chunk` events; nothing is written to disk. One instance per request.
 *
 * With a key, Claude reads the requirements and writes what rules cannot build; where it fails, rules go on, and a notice in the result says so.
 * What it writes is parsed and its imports are checked, but it is not tested here: the result says that too.
 *
 * ```js
 * const orchestrator = new SimpleTakossOrchestrator(process.env.ANTHROPIC_API_KEY, { budgetUsd: 1 });
 * orchestrator.on('progress', (event) => console.log(`[${event.phase}] ${event.message}`));
 * const result = await orchestrator.generateApplication({ projectName, description, requirements });
 * ```
 */
export class SimpleTakossOrchestrator extends EventEmitter<OrchestratorEvents> {
  readonly #apiKey: string;
  readonly #options: OrchestratorOptions;
  #used = false;

  /** `apiKey` is a key for Claude. Throws `model-key` where `claude` is named without one. */
  constructor(apiKey = '', options: OrchestratorOptions = {}) {
    super();
    this.#apiKey = apiKey.trim();
    this.#options = options;
    if (options.engine === 'claude' && this.#apiKey === '') {
      throw new TakossError(
        'model-key',
        'There is no key for Claude. Pass yours, or use the engine offline, which needs none.',
      );
    }
  }

  /**
   * Generates an application and emits every event on the way. Rejects with a {@link TakossError}: `invalid-request` before anything is
   * emitted, any other code after an `error` event.
   */
  async generateApplication(
    request: { projectName: string; description?: string; requirements: string },
    options: { signal?: AbortSignal } = {},
  ): Promise<GenerationResult> {
    if (this.#used) {
      throw new TakossError('invalid-request', 'This orchestrator has run already. Make a new one for each request.');
    }
    const parsed: ProjectRequest = parseRequest(request);
    this.#used = true;
    const generator = await this.#createGenerator();
    const generation = generator.generate(parsed, { signal: options.signal ?? new AbortController().signal });
    for (;;) {
      const next = await generation.next();
      if (next.done) return next.value;
      this.emit('progress', next.value);
    }
  }

  /** Loads an engine only for a run that has it. */
  async #createGenerator(): Promise<Generator> {
    const { engine, model, budgetUsd, baseUrl } = this.#options;
    if (engine === 'offline' || this.#apiKey === '') return createLocalGenerator();
    const [{ ClaudeModel }, { createModelGenerator }] = await Promise.all([
      import('./engines/claude.ts'),
      import('./model-generator.ts'),
    ]);
    const port = new ClaudeModel({
      apiKey: this.#apiKey,
      model,
      ...(baseUrl === undefined ? {} : { baseUrl }),
    });
    if (budgetUsd !== undefined && port.price === undefined) {
      throw new TakossError(
        'invalid-request',
        `The price of ${port.model} is not known here, so a budget cannot be kept. Choose another model, or leave the budget out.`,
      );
    }
    return createModelGenerator({
      port,
      store: keepsNothing,
      fallsBack: true,
      ...(budgetUsd === undefined ? {} : { budgetUsd }),
    });
  }
}

/** The package writes nothing to the disk, so a later run finds nothing of an earlier one. */
const keepsNothing: WorkStore = { get: () => Promise.resolve(undefined), set: () => Promise.resolve() };
