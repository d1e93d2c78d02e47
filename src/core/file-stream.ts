import { breathe } from './breathe.ts';
import { sha256, utf8 } from './digest.ts';
import { throwIfCancelled } from './errors.ts';
import type { GeneratedFile, StreamEvent } from './events.ts';
import type { FilePhase, RenderedFile, RenderedProject } from './rendered-project.ts';
import type { RunEvents } from './run-events.ts';

/** How much of a file travels in one event, in UTF-16 units: small enough to watch, large enough to be cheap. */
const chunkLength = 2048;

/** Says the files of a phase piece by piece, task by task, and returns what they are. `moreTasks` of the phase come after them. */
export async function* streamFiles(
  project: RenderedProject,
  phase: FilePhase,
  run: RunEvents,
  signal: AbortSignal,
  moreTasks = 0,
): AsyncGenerator<StreamEvent, GeneratedFile[], void> {
  const files = project.files.filter((file) => file.phase === phase);
  const tasks = [...new Set(files.map((file) => file.task))];
  const written: GeneratedFile[] = [];
  for (const [index, task] of tasks.entries()) {
    yield run.task(task, index + 1, tasks.length + moreTasks);
    for (const file of files.filter((candidate) => candidate.task === task)) {
      written.push(yield* streamFile(file, run, signal));
    }
    await breathe(signal);
  }
  return written;
}

/** Says one file from its beginning. */
export async function* streamFile(
  { path, content }: RenderedFile,
  run: RunEvents,
  signal: AbortSignal,
): AsyncGenerator<StreamEvent, GeneratedFile, void> {
  const encoded = utf8(content);
  const digest = await sha256(encoded);
  let offset = 0;
  do {
    throwIfCancelled(signal);
    const chunk = content.slice(offset, chunkEnd(content, offset));
    const isComplete = offset + chunk.length >= content.length;
    const whole = isComplete ? { sha256: digest, bytes: encoded.length } : {};
    yield run.chunk({ file: path, chunk, offset, isComplete, ...whole });
    offset += chunk.length;
  } while (offset < content.length);
  return { path, bytes: encoded.length, sha256: digest };
}

/** Ends a piece between two characters, so that each piece is valid text by itself. */
function chunkEnd(content: string, offset: number): number {
  const end = offset + chunkLength;
  const code = content.charCodeAt(end - 1);
  return code >= 0xd800 && code <= 0xdbff ? end + 1 : end;
}
