import * as vscode from 'vscode';

/** A file system in memory that can be read-only or full, as disks are that a test cannot have. */
export class MemoryProvider implements vscode.FileSystemProvider {
  readonly #events = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#events.event;
  readonly files = new Map<string, Uint8Array>();
  readonly folders = new Set<string>(['/']);
  /** How many files fit. */
  capacity = Number.POSITIVE_INFINITY;
  isReadonly = false;

  stat(uri: vscode.Uri): vscode.FileStat {
    const file = this.files.get(uri.path);
    if (file !== undefined) return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: file.length };
    if (this.folders.has(uri.path)) return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    throw vscode.FileSystemError.FileNotFound(uri);
  }

  readDirectory(uri: vscode.Uri): [string, vscode.FileType][] {
    const below = uri.path === '/' ? '/' : `${uri.path}/`;
    const names = (paths: Iterable<string>): string[] =>
      [...paths].filter((path) => path.startsWith(below) && path !== below).map((path) => path.slice(below.length));
    const isDirect = (name: string): boolean => !name.includes('/');
    return [
      ...names(this.files.keys())
        .filter(isDirect)
        .map((name): [string, vscode.FileType] => [name, vscode.FileType.File]),
      ...names(this.folders)
        .filter(isDirect)
        .map((name): [string, vscode.FileType] => [name, vscode.FileType.Directory]),
    ];
  }

  createDirectory(uri: vscode.Uri): void {
    this.#assertWritable(uri);
    this.folders.add(uri.path);
  }

  readFile(uri: vscode.Uri): Uint8Array {
    const file = this.files.get(uri.path);
    if (file === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return file;
  }

  writeFile(uri: vscode.Uri, content: Uint8Array): void {
    this.#assertWritable(uri);
    if (!this.files.has(uri.path) && this.files.size >= this.capacity) {
      throw new Error(`ENOSPC: no space left on device, write '${uri.path}'`);
    }
    this.files.set(uri.path, content);
  }

  delete(uri: vscode.Uri): void {
    this.#assertWritable(uri);
    if (!this.files.delete(uri.path) && !this.folders.delete(uri.path)) throw vscode.FileSystemError.FileNotFound(uri);
  }

  rename(): void {
    throw vscode.FileSystemError.NoPermissions('Nothing is renamed here.');
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  #assertWritable(uri: vscode.Uri): void {
    if (this.isReadonly) throw vscode.FileSystemError.NoPermissions(uri);
  }
}
