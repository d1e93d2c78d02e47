import { EventEmitter } from 'node:events';
import { TakossError } from './core/errors.ts';
import type { GenerationResult, StreamEvent } from './core/events.ts';
import type { Generator } from './core/ports.ts';
import { type ProjectRequest, parseRequest } from './core/request.ts';
import type { WorkStore } from './core/slices.ts';
import { modelProviders } from './engines/catalog.ts';
import type { Credential, ModelProvider } from './engines/contract.ts';
import { requireCredential } from './hosts/credentials.ts';
import { providerNamed } from './hosts/engine-names.ts';
import { createLocalGenerator, systemClock } from './local-generator.ts';

export type { ErrorCode } from './core/errors.ts';
export type { GenerationResult, ProjectRequest, StreamEvent };
export { TakossError };

interface OrchestratorEvents {
  progress: [event: StreamEvent];
}

/** How a generation of the package goes. */
export interface OrchestratorOptions {
  /** `offline`, or a provider of language models: `claude`, which needs a key. Without one named, a key means Claude, and no key means rules. */
  readonly engine?: string;
  /** A model of the provider; the newest Sonnet of Claude without. */
  readonly model?: string;
  /** The most the run may cost, in US dollars. */
  readonly budgetUsd?: number;
  /** What the model costs, in US dollars for a million tokens read and written, where Takoss has no price of it. */
  readonly price?: { readonly input: number; readonly output: number };
  /** How much the model thinks: `low`, `medium`, `high`, `xhigh` or `max`; its own default without. */
  readonly effort?: string;
  /** Models to ask where this one declines to answer, in order. Without, an older one of its line; an empty list leaves it to rules. */
  readonly fallbackModels?: readonly string[];
  /** A token that a gateway gave out, instead of a key, which goes first where both are given. */
  readonly authToken?: string;
  /** Where the service of the provider is, if not at its usual place. */
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
  #credential: Credential | undefined;
  readonly #options: OrchestratorOptions;
  /** Undefined: rules. */
  readonly #provider: ModelProvider | undefined;
  #used = false;

  /**
   * `apiKey` is a key for Claude, or for the provider that the options name; `providers` are those they may name. Throws `model-key` where one is
   * named that needs a key and there is none, and `invalid-request` for a name that none has.
   */
  constructor(apiKey = '', options: OrchestratorOptions = {}, providers: readonly ModelProvider[] = modelProviders) {
    super();
    const secret = apiKey.trim();
    const token = options.authToken?.trim() ?? '';
    if (secret !== '') this.#credential = { kind: 'api-key', secret };
    else if (token !== '') this.#credential = { kind: 'auth-token', secret: token };
    this.#options = options;
    this.#provider = chooseProvider(options.engine, this.#credential !== undefined, providers);
    if (this.#provider !== undefined) requireCredential(this.#provider, this.#credential, keyRemedy);
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
    const provider = this.#provider;
    if (provider === undefined) return createLocalGenerator();
    const { model, budgetUsd, price, effort, fallbackModels, baseUrl } = this.#options;
    const [{ prepareModel }, { createModelGenerator }] = await Promise.all([
      import('./hosts/prepare-model.ts'),
      import('./model-generator.ts'),
    ]);
    const prepared = await prepareModel(provider, {
      keyRemedy,
      priceRemedy: 'State it with the option price.',
      now: systemClock.now(),
      ...(this.#credential === undefined ? {} : { credential: this.#credential }),
      ...(model === undefined ? {} : { model }),
      ...(baseUrl === undefined ? {} : { baseUrl }),
      ...(budgetUsd === undefined ? {} : { budgetUsd }),
      ...(price === undefined ? {} : { price }),
      ...(effort === undefined ? {} : { effort }),
      ...(fallbackModels === undefined ? {} : { fallbackModels }),
    });
    return createModelGenerator({ ...prepared, store: keepsNothing, fallsBack: true });
  }
}

const keyRemedy = 'Pass yours, or use the engine offline, which needs none.';

/** The provider that is named or, where none is, the first that takes keys if there is one. */
function chooseProvider(
  engine: string | undefined,
  hasKey: boolean,
  providers: readonly ModelProvider[],
): ModelProvider | undefined {
  if (engine === 'offline') return undefined;
  if (engine === undefined) return hasKey ? providers.find(({ credential }) => credential !== undefined) : undefined;
  const named = providerNamed(providers, engine);
  if (named !== undefined) return named;
  const known = ['offline', ...providers.map(({ id }) => id)].join(', ');
  throw new TakossError('invalid-request', `There is no engine ${JSON.stringify(engine)}. Use one of: ${known}.`);
}

/** The package writes nothing to the disk, so a later run finds nothing of an earlier one. */
const keepsNothing: WorkStore = { get: () => Promise.resolve(undefined), set: () => Promise.resolve() };
