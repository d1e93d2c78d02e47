import { isUtf8 } from 'node:buffer';
import { readFile, utimes } from 'node:fs/promises';
import { toLine } from '../transport/sse-encode.ts';
import { writeAtomically } from './atomic-file.ts';
import { checkedLines } from './checked-line.ts';
import { DamagedJournalError } from './journal-reader.ts';
import { parseJson, parseMessage, runHeaderSchema } from './run-record.ts';

/**
 * Gives the lines of a journal of version 1 the checksums that it did not have; its time stays. Returns its new size, or undefined when it
 * is no such journal. Throws {@link DamagedJournalError} where a line is no event, and what the disk throws.
 */
export async function upgradeJournal(path: string, modifiedAt: Date): Promise<number | undefined> {
  const content = await readFile(path);
  if (content[0] !== 0x7b || !isUtf8(content)) return undefined;
  // What stands behind the last line feed was torn by a crash.
  const [first = '', ...events] = content.toString().split('\n').slice(0, -1);
  const old = parseJson(first);
  if (typeof old !== 'object' || old === null || !('version' in old) || old.version !== 1) return undefined;
  const header = runHeaderSchema.safeParse({ ...old, version: 2 }).data;
  if (header === undefined || events.some((line) => parseMessage(line) === undefined)) {
    throw new DamagedJournalError('A line of a journal without checksums cannot be read.');
  }
  const upgraded = checkedLines([toLine(header), ...events], 0);
  await writeAtomically(path, upgraded);
  await utimes(path, modifiedAt, modifiedAt);
  return upgraded.length;
}
