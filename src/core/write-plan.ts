import { TakossError } from './errors.ts';
import { inParallel } from './parallel.ts';
import type { FileSystem } from './ports.ts';
import { parentFolders, type StagedFile } from './staged-files.ts';

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

/** What a write has to do, and what stands in its way. */
export interface WritePlan {
  readonly writes: readonly StagedFile[];
  readonly unchanged: readonly string[];
  readonly conflicts: readonly WriteConflict[];
  /** Contents that would be overwritten, by path. */
  readonly previous: ReadonlyMap<string, Uint8Array>;
  /** Folders that have to be made, the outermost first. */
  readonly newFolders: readonly string[];
}

/** Looks at what is there. Throws `write-conflict` when the root is no folder, and what the file system throws. */
export async function planWrites(fileSystem: FileSystem, files: readonly StagedFile[]): Promise<WritePlan> {
  const root = await fileSystem.kind('');
  if (root !== undefined && root !== 'directory') {
    throw new TakossError(
      'write-conflict',
      'The target is a file, not a folder. Nothing was written. Choose a folder.',
    );
  }
  const folders = await inspectFolders(fileSystem, files);
  const findings = await inParallel(files, async (file) => ({
    file,
    ...(await inspectFile(fileSystem, file, folders.get(parentFolders(file.path).at(-1) ?? ''))),
  }));
  const conflicts: WriteConflict[] = [];
  const previous = new Map<string, Uint8Array>();
  for (const { file, kind, present } of findings) {
    if (kind === 'different' || kind === 'blocked') conflicts.push({ path: file.path, kind, generated: file.content });
    if (kind === 'different') previous.set(file.path, present);
  }
  return {
    writes: findings.filter(({ kind }) => kind !== 'same').map(({ file }) => file),
    unchanged: findings.filter(({ kind }) => kind === 'same').map(({ file }) => file.path),
    conflicts,
    previous,
    newFolders: [...folders].filter(([, state]) => state === 'new').map(([folder]) => folder),
  };
}

type FolderState = 'new' | 'there' | 'blocked';

/** The state of every folder that files lie in. What is below a new or blocked folder is new or blocked, too. */
async function inspectFolders(
  fileSystem: FileSystem,
  files: readonly StagedFile[],
): Promise<ReadonlyMap<string, FolderState>> {
  const folders = new Map<string, FolderState>();
  for (const { path } of files) {
    let state: FolderState = 'there';
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
  }
  return folders;
}

type Finding =
  | { readonly kind: 'free' | 'same' | 'blocked'; readonly present?: never }
  | { readonly kind: 'different'; readonly present: Uint8Array };

async function inspectFile(
  fileSystem: FileSystem,
  file: StagedFile,
  folder: FolderState | undefined,
): Promise<Finding> {
  if (folder === 'blocked') return { kind: 'blocked' };
  const entry = folder === 'there' ? await fileSystem.kind(file.path) : undefined;
  if (entry === undefined) return { kind: 'free' };
  if (entry !== 'file') return { kind: 'blocked' };
  const present = await fileSystem.read(file.path);
  return sameBytes(present, file.content) ? { kind: 'same' } : { kind: 'different', present };
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
