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
  readonly #said = new Map<string, LiveText>();

  /** Files that are in no place of the slice are never spoken of: their paths may be anything. */
  constructor(say: (data: CodeChunkData) => void, isPlace: (path: string) => boolean) {
    this.#say = say;
    this.#isPlace = isPlace;
  }

  /** A file begins, or begins anew. What is added to the answer is said, and kept once for all who need it. */
  begin(path: string): LiveText {
    if (!this.#isPlace(path)) return new LiveText(() => {});
    const text: LiveText = new LiveText((chunk, offset) => {
      if (this.#said.get(path) === text) this.#say({ file: path, chunk, offset, isComplete: false });
    });
    this.#said.set(path, text);
    this.#say({ file: path, chunk: '', offset: 0, isComplete: false });
    return text;
  }

  /** Makes what was said be these files. */
  settle(files: readonly SliceFile[]): void {
    const paths = new Set(files.map(({ path }) => path));
    for (const path of [...this.#said.keys()]) if (!paths.has(path)) this.#discard(path);
    for (const { path, content } of files) {
      const said = this.#said.get(path);
      const text = said !== undefined && content.startsWith(said.toString()) ? said : this.begin(path);
      for (let at = text.length; at < content.length; at += pieceLength) text.add(content.slice(at, at + pieceLength));
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

/** The text of a file that is said while it grows. */
export class LiveText {
  readonly #text = new GrowingText();
  readonly #say: (chunk: string, offset: number) => void;

  constructor(say: (chunk: string, offset: number) => void) {
    this.#say = say;
  }

  get length(): number {
    return this.#text.length;
  }

  add(text: string): void {
    const offset = this.#text.length;
    const chunk = this.#text.add(text);
    if (chunk !== '') this.#say(chunk, offset);
  }

  toString(): string {
    return this.#text.toString();
  }
}
