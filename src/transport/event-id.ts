/** Where in which run an event stands: the id it carries on the wire. `seq` counts from 1, and the result has one too. */
export interface EventId {
  readonly runId: string;
  readonly seq: number;
}

const runIdPattern = /^[\w-]{1,100}$/;
const eventIdPattern = /^([\w-]{1,100}):(0|[1-9]\d{0,14})$/;

/** Whether a text may be the id of a run: letters, digits, `_` and `-`, so that it fits into addresses and event ids. */
export function isRunId(text: string): boolean {
  return runIdPattern.test(text);
}

/** `<runId>:<seq>`. */
export function formatEventId({ runId, seq }: EventId): string {
  return `${runId}:${seq}`;
}

/** The parts of `<runId>:<seq>`, or undefined for any other text. */
export function parseEventId(text: string): EventId | undefined {
  const [, runId, seq] = eventIdPattern.exec(text) ?? [];
  return runId === undefined || seq === undefined ? undefined : { runId, seq: Number(seq) };
}
