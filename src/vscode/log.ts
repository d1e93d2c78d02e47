import type * as vscode from 'vscode';

/** Where the extension writes what happens. */
export type Log = Pick<vscode.LogOutputChannel, 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'show'>;

/** A log in which nothing is written before `redact` has taken the secrets out of it. */
export function redactingLog(channel: vscode.LogOutputChannel, redact: (text: string) => string): Log {
  const clean = (value: unknown): string =>
    redact(value instanceof Error ? (value.stack ?? value.message) : String(value));
  return {
    trace: (message, ...more) => channel.trace(clean(message), ...more.map(clean)),
    debug: (message, ...more) => channel.debug(clean(message), ...more.map(clean)),
    info: (message, ...more) => channel.info(clean(message), ...more.map(clean)),
    warn: (message, ...more) => channel.warn(clean(message), ...more.map(clean)),
    error: (message, ...more) => channel.error(clean(message), ...more.map(clean)),
    show: () => channel.show(),
  };
}
