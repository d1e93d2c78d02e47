import { encodeLine } from '../transport/sse-encode.ts';
import type { JournalBlock } from './journal-reader.ts';

const lineFeed = 10;
/** What stands between the line of one event and that of the next, in bytes: no number of an event is longer. */
const maxSeqLength = 16;

/**
 * Lines of a journal as they go over the wire: as {@link encodeLine} does it, in one pass over the bytes. The number of a line is that of its event.
 * Lines before `firstSeq` are left out.
 */
export function encodeBlock(runId: string, block: JournalBlock, firstSeq: number): Buffer {
  const { before, between, after } = framing(runId);
  const { content, firstLine, lineCount } = block;
  const room = before.length + maxSeqLength + between.length + after.length;
  const wire = Buffer.allocUnsafe(content.length + lineCount * room);
  let length = 0;
  let start = 0;
  for (let seq = firstLine; start < content.length; seq += 1) {
    const end = content.indexOf(lineFeed, start);
    if (seq >= firstSeq) {
      length += wire.write(`${before}${seq}${between}`, length, 'latin1');
      length += content.copy(wire, length, start, end);
      length += wire.write(after, length, 'latin1');
    }
    start = end + 1;
  }
  return wire.subarray(0, length);
}

/** The text around number and line, taken from an example so that there is one place that knows the format. */
function framing(runId: string): { before: string; between: string; after: string } {
  const [before = '', between = '', after = ''] = encodeLine('|', { runId, seq: 0 }).split(/(?<=:)0(?=\n)|\|/);
  return { before, between, after };
}
