import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { type GenerationResult, generationResultSchema, type StreamEvent, streamEventSchema } from '../core/events.ts';
import { type ProjectRequest, projectRequestSchema } from '../core/request.ts';
import { readLines } from './journal-reader.ts';

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
  /** The lines after the header, without the one that a crash tore. */
  readonly lines: readonly string[];
  /** Bytes of header and lines. */
  readonly size: number;
  readonly outcome: RunOutcome | undefined;
}

/** Reads a journal up to the first line that is not whole. Undefined when not even the header is. */
export async function readRecord(path: string, fileSize: number): Promise<RunRecord | undefined> {
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
  return header === undefined ? undefined : { header, lines, size, outcome };
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
