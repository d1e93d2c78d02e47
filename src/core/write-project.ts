import { close } from './close.ts';
import { type TakossError, toTakossError } from './errors.ts';
import type { StreamEvent } from './events.ts';
import type { Clock, Generation } from './ports.ts';
import type { ProjectWriter, WriteRecord } from './project-writer.ts';
import { errorEvent } from './run-events.ts';

/**
 * Passes a generation's events on and writes its files: pieces are staged as they come, and before `complete` is passed on everything
 * is on disk, with a `phase_progress` per file. A file system that fails ends the run with an `error` event, as any other failure does.
 */
export async function* writeProject(
  generation: Generation,
  writer: ProjectWriter,
  options: { signal: AbortSignal; clock: Clock; onWritten?: (record: WriteRecord) => void | Promise<void> },
): Generation {
  let reported = false;
  try {
    for (;;) {
      const next = await generation.next();
      if (next.done) return next.value;
      const event = next.value;
      if (event.type === 'code_chunk') await writer.stage(event.data);
      if (event.type === 'error') reported = true;
      if (event.type === 'complete') {
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
