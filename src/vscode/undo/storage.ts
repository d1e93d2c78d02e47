/** The little that the records of generations need of a file system. Paths are POSIX, below one root of their own. */
export interface UndoStorage {
  /** The names in a folder; none where there is no folder. */
  list(path: string): Promise<readonly string[]>;
  read(path: string): Promise<Uint8Array>;
  /** Creates or replaces a file, and makes its folders. */
  write(path: string, content: Uint8Array): Promise<void>;
  /** Moves a file or folder over whatever is there. Throws where there is none: of two who do it at once, one succeeds. */
  rename(from: string, to: string): Promise<void>;
  /** Removes a file, or a folder with everything in it, if it is there. */
  remove(path: string): Promise<void>;
}
