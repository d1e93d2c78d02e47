/// <reference lib="dom" />
import { TakossError } from '../../src/core/errors.ts';
import type { GenerationResult, StreamEvent } from '../../src/core/events.ts';
import type { ProjectRequest } from '../../src/core/request.ts';
import { runModel, type ServiceAddress } from '../support/model-service/model-run.ts';

/** What a page is told to do. */
export interface PageTask {
  readonly service: ServiceAddress;
  readonly request: ProjectRequest;
  /** Cancels the run at the fifth piece of files with this in their path. */
  readonly cancelIn?: string;
}

/** What became of it, as it can leave the page. */
export interface PageRun {
  readonly events: readonly StreamEvent[];
  readonly result: GenerationResult | undefined;
  readonly error: { readonly code: string; readonly message: string } | undefined;
  readonly files: Readonly<Record<string, string>>;
  /** How long the run waited between attempts, in ms; in truth it did not. */
  readonly waits: readonly number[];
}

declare global {
  interface Window {
    generate(task: PageTask): Promise<PageRun>;
  }
}

/** A whole generation with Claude in this page, which has neither Node nor VS Code. */
window.generate = async ({ service, request, cancelIn }) => {
  const cancel = new AbortController();
  const waits: number[] = [];
  let pieces = 0;
  const { events, result, error, disk } = await runModel(service, request, {
    signal: cancel.signal,
    claude: {
      wait: (ms, signal) => {
        signal.throwIfAborted();
        waits.push(ms);
        return Promise.resolve();
      },
    },
    onEvent: (event) => {
      if (cancelIn === undefined || event.type !== 'code_chunk' || !event.data.file.includes(cancelIn)) return;
      pieces += 1;
      if (pieces === 5) cancel.abort();
    },
  });
  return {
    events,
    result,
    error: error === undefined ? undefined : describe(error),
    files: disk.snapshot(),
    waits,
  };
};

function describe(error: unknown): PageRun['error'] {
  return error instanceof TakossError
    ? { code: error.code, message: error.message }
    : { code: 'none', message: String(error) };
}
