import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { type GenerationResult, generationResultSchema, type StreamEvent, streamEventSchema } from '../core/events.ts';
import { type GenerationRequest, generationRequestSchema } from '../core/request.ts';
import { countChecked } from './checked-line.ts';
import { DamagedJournalError, type JournalBlock, JournalReader, jsonOf, readLines } from './journal-reader.ts';

/** More than the longest request takes as JSON. */
const maxHeaderBytes = 4 * 1024 * 1024;

/** The first line of a journal: what was asked, and by whom. Version 1 had no checksums. */
export const runHeaderSchema = z.object({
  version: z.literal(2),
  runId: z.string(),
  owner: z.string(),
  idempotencyKey: z.string().optional(),
  createdAt: z.number(),
  request: generationRequestSchema,
});
export type RunHeader = z.infer<typeof runHeaderSchema>;

const resultMessageSchema = z.object({ type: z.literal('result'), data: generationResultSchema });
const lineSchema = z.union([resultMessageSchema, streamEventSchema]);
export type RunMessage = z.infer<typeof lineSchema>;

export type RunOutcome = 'succeeded' | 'failed' | 'cancelled';

/** A journal as it was found on the disk. */
export interface RunRecord {
  readonly header: RunHeader;
  /** The JSON of the events, without the one that a crash tore; none of a run that had ended, which needs them no more. */
  readonly lines: readonly string[];
  /** The number of events in the journal, the result included. */
  readonly lastSeq: number;
  /** Bytes of header and events. */
  readonly size: number;
  readonly outcome: RunOutcome | undefined;
}

/**
 * Reads a journal without the last line where a crash tore that. Undefined when there is nothing in it: nobody was told the id of the run.
 * Throws {@link DamagedJournalError} when anything before is not what was written.
 */
export async function readRecord(path: string, fileSize: number): Promise<RunRecord | undefined> {
  if (fileSize === 0) return undefined;
  return (await readEnded(path, fileSize)) ?? (await readInterrupted(path, fileSize));
}

/** The header of a damaged journal, if at least that is whole. */
export async function readHeader(path: string): Promise<RunHeader | undefined> {
  const file = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(maxHeaderBytes), 0, maxHeaderBytes, 0);
    const content = buffer.subarray(0, buffer.subarray(0, bytesRead).indexOf(10) + 1);
    return countChecked(content, 0) === 1 ? headerOf({ content, firstLine: 0, lineCount: 1 }) : undefined;
  } catch (error) {
    if (error instanceof DamagedJournalError) return undefined;
    throw error;
  } finally {
    await file.close();
  }
}

/** Most journals are of runs that ended: of these all lines are checked, and only the first and the last are parsed. */
async function readEnded(path: string, fileSize: number): Promise<RunRecord | undefined> {
  const reader = new JournalReader(path);
  try {
    let header: RunHeader | undefined;
    let last: JournalBlock | undefined;
    for (let block = await reader.read(fileSize); block !== undefined; block = await reader.read(fileSize)) {
      header ??= headerOf(block);
      last = block;
    }
    if (header === undefined || last === undefined) throw new DamagedJournalError('There is no header.');
    const start = last.content.lastIndexOf(10, -2) + 1;
    const [line = ''] = jsonOf({ ...last, content: last.content.subarray(start) });
    const message = parseMessage(line);
    const outcome = message === undefined ? undefined : outcomeOf(message);
    return outcome && { header, lines: [], lastSeq: reader.line - 1, size: reader.offset, outcome };
  } finally {
    await reader.close();
  }
}

async function readInterrupted(path: string, fileSize: number): Promise<RunRecord> {
  let header: RunHeader | undefined;
  const lines: string[] = [];
  let size = 0;
  for await (const { json, bytes } of readLines(path, fileSize)) {
    if (header === undefined) {
      header = parseHeader(json);
    } else {
      if (parseMessage(json) === undefined) throw new DamagedJournalError(`Line ${lines.length + 1} is no event.`);
      lines.push(json);
    }
    size += bytes;
  }
  if (header === undefined) throw new DamagedJournalError('There is no header.');
  return { header, lines, lastSeq: lines.length, size, outcome: undefined };
}

function headerOf(block: JournalBlock): RunHeader {
  const [line = ''] = jsonOf({ ...block, content: block.content.subarray(0, block.content.indexOf(10) + 1) });
  return parseHeader(line);
}

function parseHeader(json: string): RunHeader {
  const header = runHeaderSchema.safeParse(parseJson(json)).data;
  if (header === undefined) throw new DamagedJournalError('The header is not one of this version.');
  return header;
}

/** How the run ended, if this is its last message. `complete` is not: the result follows it. */
export function outcomeOf(message: { type: string; data?: unknown }): RunOutcome | undefined {
  if (message.type === 'result') return 'succeeded';
  if (message.type !== 'error') return undefined;
  const { data } = message;
  return typeof data === 'object' && data !== null && 'code' in data && data.code === 'cancelled'
    ? 'cancelled'
    : 'failed';
}

/** The JSON of an event in a journal, or undefined when it is none. */
export function parseMessage(json: string): RunMessage | undefined {
  return lineSchema.safeParse(parseJson(json)).data;
}

/** Whether an event that was made again is the one in the journal; only the time of it may differ. */
export function isSameMessage(
  line: string,
  message: StreamEvent | { readonly type: 'result'; readonly data: GenerationResult },
): boolean {
  return isDeepStrictEqual(withoutTime(parseJson(line)), withoutTime(parseJson(JSON.stringify(message))));
}

/** Tells requests apart without keeping them. */
export function requestDigest({ projectName, description, requirements, previous }: GenerationRequest): string {
  const parts = [projectName, description, requirements, ...(previous ? [previous] : [])];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Undefined for what is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function withoutTime(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? { ...value, at: undefined } : value;
}
