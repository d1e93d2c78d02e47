import { encodeLine } from '../transport/sse-encode.ts';
import { checksumLength } from './checked-line.ts';
import type { JournalBlock } from './journal-reader.ts';

const lineFeed = 10;
/** No number of an event has more digits. */
const maxSeqLength = 16;

/** Makes of the lines of a run's journal what goes over the wire: the bytes of {@link encodeLine}, in one pass over those of the journal. */
export class WireEncoder {
  readonly #before: string;
  readonly #between: string;
  readonly #after: string;

  constructor(runId: string) {
    // Taken from an example, so that there is one place that knows the format.
    const example = encodeLine('|', { runId, seq: 0 });
    const [before = '', between = '', after = ''] = example.split(/(?<=:)0(?=\n)|\|/);
    this.#before = before;
    this.#between = between;
    this.#after = after;
  }

  /** The number of a line is that of its event. Lines before `firstSeq` are left out. */
  encode({ content, firstLine, lineCount }: JournalBlock, firstSeq: number): Buffer {
    const framing = this.#before.length + maxSeqLength + this.#between.length + this.#after.length;
    const wire = Buffer.allocUnsafe(content.length + lineCount * framing);
    let length = 0;
    let start = 0;
    for (let seq = firstLine; start < content.length; seq += 1) {
      const end = content.indexOf(lineFeed, start);
      if (seq >= firstSeq) {
        length += wire.write(`${this.#before}${seq}${this.#between}`, length, 'latin1');
        length += content.copy(wire, length, start + checksumLength, end);
        length += wire.write(this.#after, length, 'latin1');
      }
      start = end + 1;
    }
    return wire.subarray(0, length);
  }
}
