import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { type GenerationResult, generationResultSchema, type StreamEvent, streamEventSchema } from '../core/events.ts';
import { type ProjectRequest, projectRequestSchema } from '../core/request.ts';
import { type JournalBlock, JournalReader, readLines } from './journal-reader.ts';

/** The first line of a journal: what was asked, and by whom. */
export const runHeaderSchema = z.object({
  version: z.literal(1),
  runId: z.string(),
  owner: z.string(),
  idempotencyKey: z.string().optional(),
  createdAt: z.number(),
  request: projectRequestSchema,
});
export type RunHeader = z.infer<typeof runHeaderSchema>;

const resultMessageSchema = z.object({ type: z.literal('result'), data: generationResultSchema });
const lineSchema = z.union([resultMessageSchema, streamEventSchema]);
export type RunMessage = z.infer<typeof lineSchema>;

export type RunOutcome = 'succeeded' | 'failed' | 'cancelled';

/** A journal as it was found on the disk. */
export interface RunRecord {
  readonly header: RunHeader;
  /** The lines after the header, without the one that a crash tore; none of a run that had ended, which needs them no more. */
  readonly lines: readonly string[];
  /** The number of events in the journal, the result included. */
  readonly lastSeq: number;
  /** Bytes of header and events. */
  readonly size: number;
  readonly outcome: RunOutcome | undefined;
}

/** Reads a journal up to the first line that is not whole. Undefined when not even the header is. */
export async function readRecord(path: string, fileSize: number): Promise<RunRecord | undefined> {
  return (await readEnded(path, fileSize)) ?? (await readInterrupted(path, fileSize));
}

/** Most journals are of runs that ended: of these only the first line and the last are parsed. */
async function readEnded(path: string, fileSize: number): Promise<RunRecord | undefined> {
  const reader = new JournalReader(path);
  try {
    let first: JournalBlock | undefined;
    let last: JournalBlock | undefined;
    for (let block = await reader.read(fileSize); block !== undefined; block = await reader.read(fileSize)) {
      first ??= block;
      last = block;
    }
    if (first === undefined || last === undefined || reader.offset < fileSize) return undefined;
    const header = runHeaderSchema.safeParse(
      parseJson(first.content.toString('utf8', 0, first.content.indexOf(10))),
    ).data;
    const message = parseMessage(last.content.toString('utf8', last.content.lastIndexOf(10, -2) + 1));
    const outcome = message === undefined ? undefined : outcomeOf(message);
    if (header === undefined || outcome === undefined) return undefined;
    return { header, lines: [], lastSeq: reader.line - 1, size: reader.offset, outcome };
  } finally {
    await reader.close();
  }
}

async function readInterrupted(path: string, fileSize: number): Promise<RunRecord | undefined> {
  let header: RunHeader | undefined;
  const lines: string[] = [];
  let size = 0;
  let outcome: RunOutcome | undefined;
  for await (const line of readLines(path, fileSize)) {
    if (header === undefined) {
      header = runHeaderSchema.safeParse(parseJson(line)).data;
      if (header === undefined) return undefined;
    } else {
      const message = parseMessage(line);
      if (message === undefined) break;
      lines.push(line);
      outcome = outcomeOf(message);
    }
    size += Buffer.byteLength(line) + 1;
  }
  return header === undefined ? undefined : { header, lines, lastSeq: lines.length, size, outcome };
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

/** A line of a journal after its header, or undefined when it is damaged. */
export function parseMessage(line: string): RunMessage | undefined {
  return lineSchema.safeParse(parseJson(line)).data;
}

/** Whether an event that was made again is the one in the journal; only the time of it may differ. */
export function isSameMessage(
  line: string,
  message: StreamEvent | { readonly type: 'result'; readonly data: GenerationResult },
): boolean {
  return isDeepStrictEqual(withoutTime(parseJson(line)), withoutTime(parseJson(JSON.stringify(message))));
}

/** Tells requests apart without keeping them. */
export function requestDigest(request: ProjectRequest): string {
  const parts = [request.projectName, request.description, request.requirements];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function withoutTime(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? { ...value, at: undefined } : value;
}
