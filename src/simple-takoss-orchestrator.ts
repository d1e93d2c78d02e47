import { EventEmitter } from 'node:events';
import { TakossError } from './core/errors.ts';
import type { GenerationResult, StreamEvent } from './core/events.ts';
import type { Generator } from './core/ports.ts';
import { type ProjectRequest, parseRequest } from './core/request.ts';
import { createLocalGenerator } from './local-generator.ts';

export type { ErrorCode } from './core/errors.ts';
export type { GenerationResult, ProjectRequest, StreamEvent };
export { TakossError };

interface OrchestratorEvents {
  progress: [event: StreamEvent];
}

/**
 * Runs one generation for JavaScript users, as the first version's class of the same name did: listen to `progress`, await
 * `generateApplication`. Files arrive as `code_chunk` events; nothing is written to disk. One instance per request.
 *
 * ```js
 * const orchestrator = new SimpleTakossOrchestrator();
 * orchestrator.on('progress', (event) => console.log(`[${event.phase}] ${event.message}`));
 * const result = await orchestrator.generateApplication({ projectName, description, requirements });
 * ```
 */
export class SimpleTakossOrchestrator extends EventEmitter<OrchestratorEvents> {
  readonly #generator: Generator;
  #used = false;

  /** Callers of the first version pass an API key; the offline engine needs none and ignores it. */
  constructor(_apiKey?: string) {
    super();
    this.#generator = createLocalGenerator();
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
    const generation = this.#generator.generate(parsed, { signal: options.signal ?? new AbortController().signal });
    for (;;) {
      const next = await generation.next();
      if (next.done) return next.value;
      this.emit('progress', next.value);
    }
  }
}
