import type { TakossError } from '../core/errors.ts';

/** A failure that may pass, after which a request can be made again. Any other failure is a {@link TakossError}. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
  /** The code of the failure, should it not pass. */
  readonly code: TakossError['code'];
  /** How long the server asked to wait, in ms. */
  readonly retryAfterMs: number | undefined;

  /** `reason` is a clause without a full stop: `nothing answers there`. */
  constructor(
    reason: string,
    options: { code?: TakossError['code']; retryAfterMs?: number | undefined; cause?: unknown } = {},
  ) {
    super(reason, { cause: options.cause });
    this.code = options.code ?? 'network';
    this.retryAfterMs = options.retryAfterMs;
  }
}
