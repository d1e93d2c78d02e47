/** What is known of a connection that failed. */
export interface ConnectionProblem {
  /** The code of the system or of `fetch`, where there is one. */
  readonly code: string | undefined;
  /** A clause for the user. */
  readonly reason: string;
  /** All there is to say, for the log. May hold secrets. */
  readonly log: string;
}

const reasons: ReadonlyMap<string, string> = new Map([
  ['ENOTFOUND', 'there is no server of that name'],
  ['EAI_AGAIN', 'its name cannot be looked up at the moment'],
  ['ECONNREFUSED', 'nothing answers there'],
  ['ECONNRESET', 'the connection was cut'],
  ['EPIPE', 'the connection was cut'],
  ['UND_ERR_SOCKET', 'the connection was cut'],
  ['ETIMEDOUT', 'it did not answer in time'],
  ['UND_ERR_CONNECT_TIMEOUT', 'it did not answer in time'],
  ['UND_ERR_HEADERS_TIMEOUT', 'it did not answer in time'],
  ['UND_ERR_BODY_TIMEOUT', 'it fell silent'],
  ['EHOSTUNREACH', 'it cannot be reached from this network'],
  ['ENETUNREACH', 'it cannot be reached from this network'],
]);

/** Reads what `fetch` or the reader of a body threw: Node puts the code of the system into a cause, sometimes three deep. */
export function describeConnection(thrown: unknown): ConnectionProblem {
  const words: string[] = [];
  let code: string | undefined;
  for (let at = thrown, depth = 0; typeof at === 'object' && at !== null && depth < 5; depth += 1) {
    if (code === undefined && 'code' in at && typeof at.code === 'string') code = at.code;
    if ('message' in at && typeof at.message === 'string') words.push(at.message);
    at = 'cause' in at ? at.cause : undefined;
  }
  const known = code === undefined ? undefined : reasons.get(code);
  const reason = known ?? `the connection failed${code === undefined ? '' : ` (${code})`}`;
  return { code, reason, log: [...(code === undefined ? [] : [code]), ...words].join(': ') };
}

/** Whether a code says that who answers is not trusted: trying again does not change that. */
export function isCertificate(code: string | undefined): boolean {
  return (
    code !== undefined &&
    /^(CERT_|ERR_TLS_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_)/.test(code)
  );
}
