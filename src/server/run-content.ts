import type { GeneratedFile, GenerationResult } from '../core/events.ts';
import { initialRunState, type RunState, reduceRun } from '../core/run-state.ts';
import { DamagedJournalError, readLines } from './journal-reader.ts';
import type { Run } from './run.ts';
import { parseMessage, type RunMessage } from './run-record.ts';

/** A file of a result with what is in it. */
export interface FileWithContent extends GeneratedFile {
  readonly content: string;
}

/** The result of a run that succeeded, its files with their contents; undefined for any other run. */
export async function readResult(
  run: Run,
): Promise<(Omit<GenerationResult, 'files'> & { files: readonly FileWithContent[] }) | undefined> {
  const pieces = new Map<string, string[]>();
  let result: GenerationResult | undefined;
  for await (const message of readMessages(run)) {
    if (message.type === 'result') result = message.data;
    if (message.type !== 'code_chunk') continue;
    const { file, chunk, offset } = message.data;
    if (offset === 0) pieces.set(file, [chunk]);
    else pieces.get(file)?.push(chunk);
  }
  if (result === undefined) return undefined;
  const files = result.files.map((file) => ({ ...file, content: (pieces.get(file.path) ?? []).join('') }));
  return { ...result, files };
}

/** What a surface would show of the run now, and the number of the last event in it. */
export async function readSnapshot(
  run: Run,
): Promise<{ state: RunState; lastSeq: number; result: GenerationResult | undefined }> {
  let state = initialRunState;
  let result: GenerationResult | undefined;
  let lastSeq = 0;
  for await (const message of readMessages(run)) {
    lastSeq += 1;
    if (message.type === 'result') result = message.data;
    else state = reduceRun(state, message);
  }
  return { state, lastSeq, result };
}

async function* readMessages(run: Run): AsyncGenerator<RunMessage, void, void> {
  const { size, unsaved } = run;
  let read = 0;
  for await (const { json, bytes } of readLines(run.path, size)) {
    const message = read === 0 ? undefined : parseMessage(json);
    if (message !== undefined) yield message;
    read += bytes;
  }
  if (read !== size) throw new DamagedJournalError('Lines are missing at its end.');
  if (unsaved !== undefined) yield unsaved;
}
