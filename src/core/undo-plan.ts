import { sha256 } from './digest.ts';
import { inParallel } from './parallel.ts';
import type { FileSystem } from './ports.ts';
import type { WriteRecord, WrittenFile } from './project-writer.ts';
import { parentFolders } from './staged-files.ts';

/** What taking a write back would do, file by file. Files that are gone, and were new, are in none of the lists. */
export interface UndoPlan {
  /** New files that are as they were written. */
  readonly remove: readonly string[];
  /** Files that were overwritten, and are as they were written or gone: they get back what was there before. */
  readonly restore: readonly string[];
  /** Files that are no longer as they were written: kept, unless a person says otherwise. */
  readonly changed: readonly string[];
}

/** Looks at what is there. Nothing is touched. */
export async function planUndo(fileSystem: FileSystem, record: WriteRecord): Promise<UndoPlan> {
  const states = await inParallel(record.files, async (file) => ({ file, state: await stateOf(fileSystem, file) }));
  const paths = (isIn: (file: WrittenFile, state: FileState) => boolean): readonly string[] =>
    states.filter(({ file, state }) => isIn(file, state)).map(({ file }) => file.path);
  return {
    remove: paths(({ previous }, state) => previous === undefined && state === 'as written'),
    restore: paths(({ previous }, state) => previous !== undefined && state !== 'changed'),
    changed: paths((_, state) => state === 'changed'),
  };
}

type FileState = 'as written' | 'gone' | 'changed';

async function stateOf(fileSystem: FileSystem, { path, sha256: written }: WrittenFile): Promise<FileState> {
  const kind = await fileSystem.kind(path);
  if (kind === undefined) return 'gone';
  if (kind !== 'file') return 'changed';
  return (await sha256(await fileSystem.read(path))) === written ? 'as written' : 'changed';
}

/**
 * Reads what an undo is about to take away, so that it can be brought back. A file that has changed since the plan, and is not one of `discard`,
 * comes back in `changed` instead: it has to be kept.
 */
export async function readBeforeUndo(
  fileSystem: FileSystem,
  record: WriteRecord,
  discard: ReadonlySet<string>,
): Promise<{ readonly contents: ReadonlyMap<string, Uint8Array>; readonly changed: readonly string[] }> {
  const contents = new Map<string, Uint8Array>();
  const changed = await inParallel(record.files, async ({ path, sha256: written }): Promise<readonly string[]> => {
    const kind = await fileSystem.kind(path);
    if (kind === undefined) return [];
    // A folder or a link that took the place of a file is never ours.
    if (kind !== 'file') return [path];
    const content = await fileSystem.read(path);
    if ((await sha256(content)) !== written && !discard.has(path)) return [path];
    contents.set(path, content);
    return [];
  });
  return { contents, changed: changed.flat() };
}

/** What bringing back an undone write would do. */
export interface RedoPlan {
  readonly write: readonly string[];
  /** Places where something else is by now: kept, unless a person says otherwise. */
  readonly changed: readonly string[];
  /** Of those, the ones where a folder or a link is: never replaced. */
  readonly blocked: readonly string[];
}

/** Looks at what is there. `contents` is what the undo took away. */
export async function planRedo(
  fileSystem: FileSystem,
  record: WriteRecord,
  contents: ReadonlyMap<string, Uint8Array>,
): Promise<RedoPlan> {
  const files = record.files.filter(({ path }) => contents.has(path));
  const states = await inParallel(files, async ({ path, previous }) => {
    const kind = await fileSystem.kind(path);
    if (kind === undefined) return { path, state: 'free' } as const;
    if (kind !== 'file') return { path, state: 'blocked' } as const;
    const present = await sha256(await fileSystem.read(path));
    const isOurs = previous !== undefined && present === (await sha256(previous));
    const isBack = present === (await sha256(contents.get(path) ?? new Uint8Array()));
    return { path, state: isOurs || isBack ? 'free' : 'different' } as const;
  });
  const pathsIn = (...wanted: readonly string[]): readonly string[] =>
    states.filter(({ state }) => wanted.includes(state)).map(({ path }) => path);
  return { write: pathsIn('free'), changed: pathsIn('different', 'blocked'), blocked: pathsIn('blocked') };
}

/** Writes what an undo took away, but for the paths in `keep`. Returns the paths that could not be written. */
export async function redoWrite(
  fileSystem: FileSystem,
  contents: ReadonlyMap<string, Uint8Array>,
  keep: ReadonlySet<string>,
): Promise<readonly string[]> {
  const wanted = [...contents].filter(([path]) => !keep.has(path));
  // The outermost first.
  for (const folder of new Set(['', ...wanted.flatMap(([path]) => parentFolders(path))])) {
    if ((await fileSystem.kind(folder)) === undefined) await fileSystem.createDirectory(folder);
  }
  const failed = await inParallel(wanted, async ([path, content]): Promise<readonly string[]> => {
    try {
      await fileSystem.write(path, content);
      return [];
    } catch {
      return [path];
    }
  });
  return failed.flat();
}
