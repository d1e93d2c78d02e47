import { createInterface } from 'node:readline/promises';

/** Whether someone is there to be asked. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/** Asks a question that is answered with yes or, which is the default, no. Throws when the signal is aborted. */
export async function askYesNo(question: string, signal: AbortSignal): Promise<boolean> {
  // Without raw mode, so that Ctrl-C is the signal it always is.
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
  try {
    return /^\s*y(es)?\s*$/i.test(await lines.question(`${question} [y/N] `, { signal }));
  } finally {
    lines.close();
  }
}
