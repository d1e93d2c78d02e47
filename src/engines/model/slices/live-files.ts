import type { CodeChunkData } from '../../../core/events.ts';
import type { SliceFile } from '../../../core/slices.ts';
import { GrowingText } from './growing-text.ts';

/** How much of a file that is there already travels in one step, in UTF-16 units. */
const pieceLength = 2048;

/**
 * Says the files of a slice while they are written, each piece with its place. Whatever happened on the way, once the files are settled,
 * the pieces of each since its last restart add up to its content, and every other file that was begun is given up.
 */
export class LiveFiles {
  readonly #say: (data: CodeChunkData) => void;
  readonly #isPlace: (path: string) => boolean;
  readonly #said = new Map<string, GrowingText>();

  /** Files that are in no place of the slice are never spoken of: their paths may be anything. */
  constructor(say: (data: CodeChunkData) => void, isPlace: (path: string) => boolean) {
    this.#say = say;
    this.#isPlace = isPlace;
  }

  /** A file begins, or begins anew. */
  begin(path: string): void {
    if (!this.#isPlace(path)) return;
    this.#said.set(path, new GrowingText());
    this.#say({ file: path, chunk: '', offset: 0, isComplete: false });
  }

  add(path: string, text: string): void {
    const said = this.#said.get(path);
    if (said === undefined) return;
    const offset = said.length;
    const chunk = said.add(text);
    if (chunk !== '') this.#say({ file: path, chunk, offset, isComplete: false });
  }

  /** Makes what was said be these files. */
  settle(files: readonly SliceFile[]): void {
    const paths = new Set(files.map(({ path }) => path));
    for (const path of [...this.#said.keys()]) if (!paths.has(path)) this.#discard(path);
    for (const { path, content } of files) {
      const said = this.#said.get(path)?.toString();
      const isBegun = said !== undefined && content.startsWith(said);
      if (!isBegun) this.begin(path);
      for (let at = isBegun ? said.length : 0; at < content.length; at += pieceLength)
        this.add(path, content.slice(at, at + pieceLength));
    }
  }

  /** Gives up everything that was said. */
  discard(): void {
    for (const path of [...this.#said.keys()]) this.#discard(path);
  }

  #discard(path: string): void {
    this.#said.delete(path);
    this.#say({ file: path, chunk: '', isComplete: false, isDiscarded: true });
  }
}
