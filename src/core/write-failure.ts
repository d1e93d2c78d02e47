import { TakossError } from './errors.ts';

/** Codes of Node's `fs` and of VS Code's `FileSystemError`, and what they mean to the user. */
const explanations: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full. Free some space, or choose a folder on another disk.',
  EDQUOT: 'Your disk quota is used up. Free some space, or choose a folder on another disk.',
  EROFS: 'The folder is on a read-only file system. Choose another folder.',
  EACCES: 'You may not write to the folder. Choose another folder, or change its permissions.',
  EPERM: 'You may not write to the folder. Choose another folder, or change its permissions.',
  NoPermissions: 'The folder is read-only. Choose another folder, or change its permissions.',
  ENOENT: 'The folder cannot be made there. Choose another folder.',
  ENOTDIR: 'A file is where a folder must be. Choose another folder.',
  EEXIST: 'Something that is no folder is where a folder must be. Choose another folder.',
  ELOOP: 'A link in the path of the folder leads in a circle. Choose another folder.',
  EMFILE: 'Too many files are open. Close some programs and try again.',
  ENAMETOOLONG: 'The path of the folder is too long for this system. Choose a folder with a shorter path.',
  Unavailable: 'The folder cannot be reached at the moment. Check the connection and try again.',
};

/** Words what a file system threw. `leftovers` are files that could not be taken back after it. */
export function describeWriteFailure(error: unknown, leftovers: readonly string[] = []): TakossError {
  if (error instanceof TakossError && leftovers.length === 0) return error;
  const code = failureCode(error);
  const explanation = code === undefined ? undefined : explanations[code];
  const reason = error instanceof Error ? error.message : String(error);
  const remains =
    leftovers.length === 0
      ? 'Nothing was left behind.'
      : `These files could not be taken back, look at them: ${leftovers.slice(0, 5).join(', ')}${leftovers.length > 5 ? '…' : ''}.`;
  return new TakossError(
    error instanceof TakossError ? error.code : 'write-failed',
    `The project could not be written. ${explanation ?? `${reason}. Choose another folder and try again.`} ${remains}`,
    { cause: error },
  );
}

function failureCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  if (typeof error.code !== 'string') return undefined;
  if (error.code in explanations) return error.code;
  // VS Code wraps the errors of its disk provider and keeps the original code in the text only.
  const message = 'message' in error && typeof error.message === 'string' ? error.message : '';
  return Object.keys(explanations).find((known) => new RegExp(`\\b${known}\\b`).test(message)) ?? error.code;
}
