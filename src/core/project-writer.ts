import { sha256 } from './digest.ts';
import { TakossError, throwIfCancelled } from './errors.ts';
import type { CodeChunkData } from './events.ts';
import type { FileSystem } from './ports.ts';
import { parentFolders, type StagedFile, StagedFiles } from './staged-files.ts';
import { describeWriteFailure } from './write-failure.ts';

/** A file that cannot simply be written, because something else is there. */
export interface WriteConflict {
  readonly path: string;
  /**
   * `different`: a file with other content, which overwriting would lose. `blocked`: a folder, a link or a special file is in the way;
   * it is never replaced.
   */
  readonly kind: 'different' | 'blocked';
  /** What the generation wants to write there. */
  readonly generated: Uint8Array;
}

/** What to do about conflicts: replace the `different` ones, write nothing at all, or write everything somewhere else. */
export type ConflictAnswer =
  | { readonly action: 'overwrite' }
  | { readonly action: 'cancel' }
  | { readonly action: 'elsewhere'; readonly fileSystem: FileSystem };

export type ConflictResolver = (conflicts: readonly WriteConflict[]) => Promise<ConflictAnswer>;

/** The resolver of hosts that cannot ask: nothing is overwritten. */
export const neverOverwrite: ConflictResolver = async () => ({ action: 'cancel' });

/** What a write did, and all that is needed to take it back. */
export interface WriteRecord {
  readonly files: readonly WrittenFile[];
  /** Files that were there already, byte for byte. */
  readonly unchanged: readonly string[];
  /** Folders that did not exist before, the outermost first. `''` is the root. */
  readonly folders: readonly string[];
}

export interface WrittenFile {
  readonly path: string;
  readonly sha256: string;
  /** What was overwritten, if anything was. */
  readonly previous?: Uint8Array;
}

/**
 * The one place from which a generated project reaches a disk. Pieces are staged in memory; `commit` writes all files or, when it fails or is
 * cancelled, leaves the folder as it was.
 */
export class ProjectWriter {
  readonly #staged = new StagedFiles();
  readonly #resolveConflicts: ConflictResolver;
  #fileSystem: FileSystem;

  constructor(fileSystem: FileSystem, resolveConflicts: ConflictResolver) {
    this.#fileSystem = fileSystem;
    this.#resolveConflicts = resolveConflicts;
  }

  /** The file system the project is or will be written to: another one after the answer `elsewhere`. */
  get fileSystem(): FileSystem {
    return this.#fileSystem;
  }

  /** Takes a piece of a file. Throws `unsafe-path` or `protocol`. */
  stage(data: CodeChunkData): Promise<void> {
    return this.#staged.add(data);
  }

  /**
   * Writes everything that was staged, yielding each path before it is written. Throws `write-conflict` when conflicts were not resolved
   * and `cancelled` after an abort.
   */
  async *commit(
    signal: AbortSignal,
  ): AsyncGenerator<{ path: string; index: number; total: number }, WriteRecord, void> {
    const files = this.#staged.complete();
    const plan = await this.#plan(files, signal);
    const undo = new Rollback(this.#fileSystem);
    let finished = false;
    try {
      for (const [index, file] of plan.writes.entries()) {
        throwIfCancelled(signal);
        yield { path: file.path, index: index + 1, total: plan.writes.length };
        throwIfCancelled(signal);
        await undo.write(file, plan.previous.get(file.path));
      }
      throwIfCancelled(signal);
      finished = true;
      return { files: undo.files, unchanged: plan.unchanged, folders: undo.folders };
    } catch (error) {
      finished = true;
      throw describeWriteFailure(error, await undo.rollBack());
    } finally {
      // Reached without an error when the consumer stops listening in the middle.
      if (!finished) await undo.rollBack();
    }
  }

  async #plan(files: readonly StagedFile[], signal: AbortSignal): Promise<WritePlan> {
    for (;;) {
      throwIfCancelled(signal);
      const plan = await planWrites(this.#fileSystem, files).catch((error: unknown) => {
        throw describeWriteFailure(error);
      });
      throwIfCancelled(signal);
      if (plan.conflicts.length === 0) return plan;
      const answer = await this.#resolveConflicts(plan.conflicts);
      throwIfCancelled(signal);
      if (answer.action === 'elsewhere') {
        this.#fileSystem = answer.fileSystem;
        continue;
      }
      if (answer.action === 'cancel' || plan.conflicts.some((conflict) => conflict.kind === 'blocked')) {
        throw conflictError(plan.conflicts);
      }
      return plan;
    }
  }
}

interface WritePlan {
  readonly writes: readonly StagedFile[];
  readonly unchanged: readonly string[];
  readonly conflicts: readonly WriteConflict[];
  /** Contents that would be overwritten, by path. */
  readonly previous: ReadonlyMap<string, Uint8Array>;
}

async function planWrites(fileSystem: FileSystem, files: readonly StagedFile[]): Promise<WritePlan> {
  const writes: StagedFile[] = [];
  const unchanged: string[] = [];
  const conflicts: WriteConflict[] = [];
  const previous = new Map<string, Uint8Array>();
  const root = await fileSystem.kind('');
  if (root !== undefined && root !== 'directory') {
    throw new TakossError(
      'write-conflict',
      'The target is a file, not a folder. Nothing was written. Choose a folder.',
    );
  }
  const folders = new Map<string, 'new' | 'there' | 'blocked'>();

  const folderState = async (path: string): Promise<'new' | 'there' | 'blocked'> => {
    let state: 'new' | 'there' | 'blocked' = 'there';
    for (const folder of ['', ...parentFolders(path)]) {
      const known = folders.get(folder);
      if (known !== undefined) {
        state = known;
      } else if (state === 'there') {
        const kind = await fileSystem.kind(folder);
        state = kind === undefined ? 'new' : kind === 'directory' ? 'there' : 'blocked';
      }
      folders.set(folder, state);
    }
    return state;
  };

  for (const file of files) {
    const state = await folderState(file.path);
    const kind = state === 'there' ? await fileSystem.kind(file.path) : undefined;
    if (state === 'blocked' || kind === 'directory' || kind === 'other') {
      conflicts.push({ path: file.path, kind: 'blocked', generated: file.content });
    } else if (kind === 'file') {
      const present = await fileSystem.read(file.path);
      if (sameBytes(present, file.content)) {
        unchanged.push(file.path);
        continue;
      }
      previous.set(file.path, present);
      conflicts.push({ path: file.path, kind: 'different', generated: file.content });
    }
    writes.push(file);
  }
  return { writes, unchanged, conflicts, previous };
}

/** Writes files while remembering how to take them back. */
class Rollback {
  readonly files: WrittenFile[] = [];
  readonly folders: string[] = [];
  readonly #fileSystem: FileSystem;
  readonly #knownFolders = new Set<string>();

  constructor(fileSystem: FileSystem) {
    this.#fileSystem = fileSystem;
  }

  async write(file: StagedFile, previous: Uint8Array | undefined): Promise<void> {
    for (const folder of ['', ...parentFolders(file.path)]) await this.#ensureFolder(folder);
    const { path, sha256 } = file;
    // Remembered before it is written: a write that fails half-way leaves half a file.
    this.files.push(previous === undefined ? { path, sha256 } : { path, sha256, previous });
    await this.#fileSystem.write(path, file.content);
  }

  async #ensureFolder(folder: string): Promise<void> {
    if (this.#knownFolders.has(folder)) return;
    if ((await this.#fileSystem.kind(folder)) === undefined) {
      this.folders.push(folder);
      await this.#fileSystem.createDirectory(folder);
    }
    this.#knownFolders.add(folder);
  }

  /** Best effort, file by file: one that resists does not keep the others. */
  rollBack(): Promise<readonly string[]> {
    return takeBack(this.#fileSystem, this.files, this.folders);
  }
}

/** Paths of a record that are no longer as they were written: changed since, or replaced by something else. Deleted files do not count. */
export async function findChangedFiles(fileSystem: FileSystem, record: WriteRecord): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const file of record.files) {
    const kind = await fileSystem.kind(file.path);
    if (kind === undefined) continue;
    if (kind !== 'file' || (await sha256(await fileSystem.read(file.path))) !== file.sha256) changed.push(file.path);
  }
  return changed;
}

/**
 * Takes a write back: removes its files, restores what it overwrote, removes the folders it made if they are empty. Paths in `keep` are
 * left alone. Returns the paths that could not be taken back.
 */
export function undoWrite(
  fileSystem: FileSystem,
  record: WriteRecord,
  keep: ReadonlySet<string>,
): Promise<readonly string[]> {
  return takeBack(
    fileSystem,
    record.files.filter((file) => !keep.has(file.path)),
    record.folders,
  );
}

async function takeBack(
  fileSystem: FileSystem,
  files: readonly WrittenFile[],
  folders: readonly string[],
): Promise<readonly string[]> {
  const failed: string[] = [];
  // New files go first: on a full disk that makes the room that restoring needs.
  const added = files.filter((file) => file.previous === undefined);
  const replaced = files.filter((file) => file.previous !== undefined);
  for (const file of [...added, ...replaced]) {
    try {
      if (file.previous !== undefined) await fileSystem.write(file.path, file.previous);
      else if ((await fileSystem.kind(file.path)) === 'file') await fileSystem.remove(file.path);
    } catch {
      failed.push(file.path);
    }
  }
  for (const folder of folders.toReversed()) {
    try {
      if ((await fileSystem.list(folder)).length === 0) await fileSystem.remove(folder);
    } catch {
      // A folder that is gone or in use harms nobody.
    }
  }
  return failed;
}

function conflictError(conflicts: readonly WriteConflict[]): TakossError {
  const blocked = conflicts.filter((conflict) => conflict.kind === 'blocked');
  const listed = blocked.length > 0 ? blocked : conflicts;
  const shown = listed.slice(0, 5).map((conflict) => conflict.path);
  const list = `${shown.join(', ')}${listed.length > shown.length ? ` and ${listed.length - shown.length} more` : ''}`;
  return new TakossError(
    'write-conflict',
    blocked.length > 0
      ? `A folder or a link is where a file must go: ${list}. Nothing was written. Choose another folder.`
      : `${conflicts.length === 1 ? 'A file is' : `${conflicts.length} files are`} already there with other content: ${list}. Nothing was written. Choose another folder, or allow overwriting.`,
  );
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
