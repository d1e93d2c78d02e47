import { sha256 } from './digest.ts';
import { TakossError, throwIfCancelled } from './errors.ts';
import type { CodeChunkData } from './events.ts';
import { groupsOf, inParallel } from './parallel.ts';
import type { FileSystem } from './ports.ts';
import { type StagedFile, StagedFiles } from './staged-files.ts';
import { describeWriteFailure } from './write-failure.ts';
import { planWrites, type WriteConflict, type WritePlan } from './write-plan.ts';

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
      await undo.createFolders(plan.newFolders);
      let index = 0;
      for (const group of groupsOf(plan.writes)) {
        for (const { path } of group) {
          throwIfCancelled(signal);
          index += 1;
          yield { path, index, total: plan.writes.length };
        }
        throwIfCancelled(signal);
        await undo.write(group, plan.previous);
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

/** Writes files while remembering how to take them back. */
class Rollback {
  readonly files: WrittenFile[] = [];
  readonly folders: string[] = [];
  readonly #fileSystem: FileSystem;

  constructor(fileSystem: FileSystem) {
    this.#fileSystem = fileSystem;
  }

  async createFolders(folders: readonly string[]): Promise<void> {
    this.folders.push(...folders);
    for (const level of levelsOf(folders))
      await inParallel(level, (folder) => this.#fileSystem.createDirectory(folder));
  }

  async write(files: readonly StagedFile[], previous: ReadonlyMap<string, Uint8Array>): Promise<void> {
    // Remembered before they are written: a write that fails half-way leaves half a file.
    for (const { path, sha256 } of files) {
      const present = previous.get(path);
      this.files.push(present === undefined ? { path, sha256 } : { path, sha256, previous: present });
    }
    await inParallel(files, ({ path, content }) => this.#fileSystem.write(path, content));
  }

  /** Best effort, file by file: one that resists does not keep the others. Returns what resisted. */
  rollBack(): Promise<readonly string[]> {
    return takeBack(this.#fileSystem, this.files, this.folders);
  }
}

/** Paths of a record that are no longer as they were written: changed since, or replaced by something else. Deleted files do not count. */
export async function findChangedFiles(fileSystem: FileSystem, record: WriteRecord): Promise<readonly string[]> {
  const changes = await inParallel(record.files, async ({ path, sha256: written }) => {
    const kind = await fileSystem.kind(path);
    if (kind === undefined) return [];
    return kind !== 'file' || (await sha256(await fileSystem.read(path))) !== written ? [path] : [];
  });
  return changes.flat();
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
  const takeBackFile = async (file: WrittenFile): Promise<void> => {
    try {
      if (file.previous !== undefined) await fileSystem.write(file.path, file.previous);
      else if ((await fileSystem.kind(file.path)) === 'file') await fileSystem.remove(file.path);
    } catch {
      failed.push(file.path);
    }
  };
  // New files go first: on a full disk that makes the room that restoring needs.
  const isNew = (file: WrittenFile): boolean => file.previous === undefined;
  await inParallel(files.filter(isNew), takeBackFile);
  await inParallel(
    files.filter((file) => !isNew(file)),
    takeBackFile,
  );
  await removeEmptyFolders(fileSystem, folders);
  return failed;
}

/** Removes folders from the innermost outwards, as far as they are empty. */
async function removeEmptyFolders(fileSystem: FileSystem, folders: readonly string[]): Promise<void> {
  for (const level of levelsOf(folders).toReversed()) {
    await inParallel(level, async (folder) => {
      try {
        if ((await fileSystem.list(folder)).length === 0) await fileSystem.remove(folder);
      } catch {
        // A folder that is gone or in use harms nobody.
      }
    });
  }
}

/** Folders by how deep they lie, the outermost first. Those of a level do not need each other. */
function levelsOf(folders: readonly string[]): readonly (readonly string[])[] {
  const levels: string[][] = [];
  for (const folder of folders) {
    const depth = folder === '' ? 0 : folder.split('/').length;
    const level = levels[depth] ?? [];
    level.push(folder);
    levels[depth] = level;
  }
  return levels.filter((level) => level !== undefined);
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
