/** Names of HTTP headers that client and server of runs agree on, in lower case. */
export const headerNames = {
  /** Of a stream's answer: the id of the run, with which it can be resumed. */
  runId: 'x-run-id',
  /** Of a request, with the value `1`: a lost connection is no cancel, this client comes back for the rest. */
  resume: 'takoss-resume',
  /** Of a POST: repeating it with the same key joins the same run. */
  idempotencyKey: 'idempotency-key',
  /** Of a GET of a stream: the id of the last event that arrived, `<runId>:<seq>`. */
  lastEventId: 'last-event-id',
} as const;
