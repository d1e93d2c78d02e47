import { cancelledError } from '../../src/core/errors.ts';
import type { GenerationResult, StreamEvent } from '../../src/core/events.ts';
import type { Generation, Generator } from '../../src/core/ports.ts';
import { errorEvent } from '../../src/core/run-events.ts';

const assumed = { by: 'assumed', reason: 'Every application has it.' } as const;

/** A result without files. */
export const emptyResult: GenerationResult = {
  success: true,
  projectId: 'proj-1',
  phases: {
    analysis: {
      actors: [],
      entities: [],
      features: [],
      pages: [{ id: 'home', title: 'Home', path: '/', kind: 'home', origin: assumed }],
      theme: { background: '#ffffff', component: '#000080', origin: assumed },
      sentences: [],
      phrases: [],
    },
    complexity: { score: 0, cfp: 0, processes: [] },
    database: { dialect: 'none', tables: [] },
    frontend: { components: [], pages: [] },
    deployment: { targets: [] },
  },
  files: [],
};

export interface Pace {
  /** How many pieces of one file it says. */
  readonly count: number;
  /** Characters of each. */
  readonly size: number;
  /** Milliseconds between two. */
  readonly everyMs: number;
}

/** A generation that says pieces of a file at its own pace, and hears an abort at once. */
export function pacedGenerator({ count, size, everyMs }: Pace): Generator {
  return {
    async *generate(_request, { signal }): Generation {
      yield start();
      for (let index = 0; index < count; index += 1) {
        if (everyMs > 0) await sleep(everyMs, signal);
        if (signal.aborted) {
          const error = cancelledError();
          yield errorEvent(error, 'frontend', Date.now());
          throw error;
        }
        yield piece(index, size);
      }
      return emptyResult;
    },
  };
}

function start(): StreamEvent {
  return { type: 'phase_start', phase: 'frontend', message: 'Generating UI components', progress: 70 };
}

function piece(index: number, size: number): StreamEvent {
  return {
    type: 'code_chunk',
    phase: 'frontend',
    message: 'Writing a.txt',
    progress: 70,
    data: { file: 'a.txt', chunk: String(index).padStart(size, 'x'), offset: index * size, isComplete: false },
  };
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });
}
