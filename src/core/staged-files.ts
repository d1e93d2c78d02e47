import { sha256, utf8 } from './digest.ts';
import { TakossError } from './errors.ts';
import type { CodeChunkData } from './events.ts';
import { JoinedText } from './joined-text.ts';
import { assertSafePath } from './safe-path.ts';

/** A whole file that has been checked and waits to be written. */
export interface StagedFile {
  readonly path: string;
  readonly content: Uint8Array<ArrayBuffer>;
  readonly sha256: string;
}

/** Far above any real project; a stream that passes it is broken or hostile. */
const maxTotalLength = 64 * 1024 * 1024;

/** Puts streamed pieces together, and lets a file through only when it is whole and is what its sender said. */
export class StagedFiles {
  readonly #drafts = new Map<string, JoinedText>();
  /** By lower-case path: two names that differ in case are one file on macOS and Windows. */
  readonly #files = new Map<string, StagedFile>();
  #totalLength = 0;

  /** Takes a piece. Throws `unsafe-path` for a path that may not be written and `protocol` for pieces that do not fit. */
  async add(data: CodeChunkData): Promise<void> {
    const path = assertSafePath(data.file);
    if (data.isDiscarded === true) return this.#discard(path);
    if (data.offset === 0) this.#drafts.delete(path);
    const draft = this.#drafts.get(path) ?? new JoinedText();
    if (data.offset !== undefined && data.offset !== draft.length) {
      throw brokenFile(path, `a piece starts at ${data.offset} where ${draft.length} was expected`);
    }
    draft.add(data.chunk);
    this.#totalLength += data.chunk.length;
    if (this.#totalLength > maxTotalLength) throw brokenFile(path, 'the project is larger than 64 MB');
    this.#drafts.set(path, draft);
    if (data.isComplete) await this.#finish(path, draft, data);
  }

  #discard(path: string): void {
    this.#drafts.delete(path);
    this.#files.delete(path.toLowerCase());
  }

  async #finish(path: string, draft: JoinedText, data: CodeChunkData): Promise<void> {
    const content = utf8(draft.toString());
    const digest = await sha256(content);
    if (data.bytes !== undefined && data.bytes !== content.length) {
      throw brokenFile(path, `${content.length} bytes arrived where ${data.bytes} were announced`);
    }
    if (data.sha256 !== undefined && data.sha256 !== digest) throw brokenFile(path, 'its checksum does not match');
    const key = path.toLowerCase();
    const other = this.#files.get(key);
    if (other !== undefined && other.path !== path) {
      throw brokenFile(path, `it differs from ${other.path} only in upper and lower case`);
    }
    this.#files.set(key, { path, content, sha256: digest });
    this.#drafts.delete(path);
  }

  /** All files, sorted by path. Throws `protocol` when one of them is unfinished or lies where another needs a folder. */
  complete(): readonly StagedFile[] {
    const [unfinished] = this.#drafts.keys();
    if (unfinished !== undefined) throw brokenFile(unfinished, 'the run ended before its last piece');
    const files = [...this.#files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
    for (const { path } of files) {
      const parent = parentFolders(path).find((folder) => this.#files.has(folder.toLowerCase()));
      if (parent !== undefined) throw brokenFile(path, `${parent} is both a file and a folder`);
    }
    return files;
  }
}

/** The folders above a path, from the outermost: `a/b/c` is in `a` and `a/b`. */
export function parentFolders(path: string): readonly string[] {
  const segments = path.split('/');
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join('/'));
}

function brokenFile(path: string, reason: string): TakossError {
  return new TakossError('protocol', `${path} did not arrive whole: ${reason}. Nothing was written. Run it again.`);
}
