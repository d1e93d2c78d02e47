/** Every way a run can fail. Hosts turn a code into words and buttons; nobody matches on messages. */
export const errorCodes = [
  'invalid-request',
  'cancelled',
  'auth',
  'rate-limit',
  'network',
  'protocol',
  'model',
  'model-key',
  'model-credit',
  'model-unknown',
  'model-overloaded',
  'write-conflict',
  'write-failed',
  'unsafe-path',
  'budget',
  'storage',
  'internal',
] as const;

/**
 * `auth` is about a Takoss server; `model-key` (missing or refused), `model-credit` (none left), `model-unknown` and `model-overloaded` are about the service
 * of a language model, and `model` is an answer of it that cannot be used. `rate-limit` and `network` are about either. `storage` is a disk that is full or
 * takes nothing, other than the one that the project is written to.
 */
export type ErrorCode = (typeof errorCodes)[number];

/** A failure the user can read: what happened and what to do next, without secrets or stack traces. */
export class TakossError extends Error {
  override readonly name = 'TakossError';
  readonly code: ErrorCode;
  /** The request field at fault, for `invalid-request`. */
  readonly field: string | undefined;

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; field?: string } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.field = options.field;
  }
}

/** The error of a run that was stopped by the user or by the host shutting down. */
export function cancelledError(cause?: unknown): TakossError {
  return new TakossError('cancelled', 'The run was cancelled. No files were written.', { cause });
}

/** Throws {@link cancelledError} when the signal has been aborted. Call it after every await. */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw cancelledError(signal.reason);
}

/**
 * Makes a {@link TakossError} of anything thrown. An abort becomes `cancelled`; what is not ours becomes `internal`,
 * with the original as its cause so that the log, and only the log, can show it.
 */
export function toTakossError(error: unknown, signal?: AbortSignal): TakossError {
  if (error instanceof TakossError) return error;
  if (signal?.aborted || (error instanceof Error && error.name === 'AbortError')) return cancelledError(error);
  const storage = storageSentences[systemCode(error) ?? ''];
  if (storage !== undefined) return new TakossError('storage', storage, { cause: error });
  const reason = error instanceof Error ? error.message : String(error);
  return new TakossError('internal', `${reason}. This is a fault in Takoss: please report it with the log.`, {
    cause: error,
  });
}

const storageSentences: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full. Make room on it, and try again.',
  EDQUOT: 'The disk space of this user is used up. Make room, and try again.',
  EROFS: 'The disk is read-only. Make it writable, and try again.',
};

/** The code that the system gave an error, such as `ENOSPC`. */
export function systemCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code) ? code : undefined;
}
