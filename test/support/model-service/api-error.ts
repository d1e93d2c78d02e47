/** An answer of the service that is no message. */
export interface ApiError {
  readonly status: number;
  /** The `type` in the body. */
  readonly type: string;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function invalidRequest(message: string): ApiError {
  return { status: 400, type: 'invalid_request_error', message };
}

/** The body every error has. */
export function errorBody({ type, message }: ApiError, requestId: string): string {
  return JSON.stringify({ type: 'error', error: { type, message }, request_id: requestId });
}
