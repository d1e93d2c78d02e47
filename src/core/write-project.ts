import { close } from './close.ts';
import { cancelledError, type TakossError, toTakossError } from './errors.ts';
import type { StreamEvent } from './events.ts';
import type { Clock, Generation } from './ports.ts';
import type { ProjectWriter, WriteRecord } from './project-writer.ts';
import { errorEvent } from './run-events.ts';
import type { RunWarning } from './run-warning.ts';

export interface WriteOptions {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly onWritten?: (record: WriteRecord) => void | Promise<void>;
  /** Told before anything is written that the project is not what was asked for. Returns whether to write it all the same; by default it is. */
  readonly onWarning?: (warning: RunWarning) => boolean | Promise<boolean>;
}

/**
 * Passes a generation's events on and writes its files: pieces are staged as they come, and before `complete` is passed on everything
 * is on disk, with a `phase_progress` per file. Throws `cancelled` where a warning keeps it from being written. A file system that fails ends the run with an `error` event, as any other failure does.
 */
export async function* writeProject(generation: Generation, writer: ProjectWriter, options: WriteOptions): Generation {
  let reported = false;
  try {
    for (;;) {
      const next = await generation.next();
      if (next.done) return next.value;
      const event = next.value;
      if (event.type === 'code_chunk') await writer.stage(event.data);
      if (event.type === 'error') reported = true;
      if (event.type === 'complete') {
        const { warning } = event.data ?? {};
        if (warning !== undefined && (await options.onWarning?.(warning)) === false) throw cancelledError();
        const record = yield* commitWithProgress(writer, options);
        await options.onWritten?.(record);
      }
      // The run is complete now, not when the last file was generated.
      yield event.type === 'complete' ? { ...event, at: options.clock.now() } : event;
    }
  } catch (thrown) {
    const error: TakossError = toTakossError(thrown, options.signal);
    if (!reported) yield errorEvent(error, 'complete', options.clock.now());
    throw error;
  } finally {
    // Ends the source when the consumer or the disk gave up first; does nothing when it has ended.
    await close(generation);
  }
}

async function* commitWithProgress(
  writer: ProjectWriter,
  { signal, clock }: { signal: AbortSignal; clock: Clock },
): AsyncGenerator<StreamEvent, WriteRecord, void> {
  const commit = writer.commit(signal);
  try {
    for (;;) {
      const next = await commit.next();
      if (next.done) return next.value;
      const { path, index, total } = next.value;
      yield {
        type: 'phase_progress',
        phase: 'complete',
        message: `Writing ${path}`,
        // Between the end of deployment and the end of the run.
        progress: 95 + Math.floor((4 * index) / total),
        data: { task: 'Writing files', index, total },
        at: clock.now(),
      };
    }
  } finally {
    await close(commit);
  }
}
