import { type ChildProcess, spawn } from 'node:child_process';
import { cancelledError } from '../core/errors.ts';
import { groupMemory } from './group-memory.ts';

export interface ProgramOptions {
  readonly folder: string;
  /** The whole environment: nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Milliseconds until it is ended. */
  readonly limitMs: number;
  /** Takes what it says while it runs. */
  readonly onOutput?: (text: string) => void;
  /** Ends it when it and what it started take more, in megabytes. Looked at once a second, on Linux and macOS. */
  readonly maxMemory?: number;
  /** Ends it earlier, when aborted: the result says so as if the time were over. */
  readonly giveUp?: AbortSignal;
  /** Runs it by the shell. Only for fixed words: on Windows npm is a script. */
  readonly byShell?: boolean;
}

/** Of what a program took too much. */
export type Excess = 'time' | 'output' | 'memory';

export interface ProgramResult {
  /** Undefined where it was ended. */
  readonly code: number | undefined;
  /** Why it was ended; undefined where it ended by itself. */
  readonly excess: Excess | undefined;
  /** Standard output and standard error, as they came. */
  readonly output: string;
  readonly standardOutput: string;
}

/** As much of the output as anyone reads, in characters. */
const maxOutput = 4_000_000;
/** A program that says more than this, in characters, is ended: whoever floods its output has nothing to say. */
const floodOutput = 64_000_000;

/**
 * Runs a program and everything it starts, as one group of processes that ends together. Throws `cancelled` when the signal is aborted, and what
 * the system says where the program cannot be started.
 */
export async function runProgram(
  command: string,
  args: readonly string[],
  { folder, environment, signal, limitMs, onOutput, maxMemory, giveUp, byShell = false }: ProgramOptions,
): Promise<ProgramResult> {
  if (signal.aborted) throw cancelledError(signal.reason);
  const child = spawn(command, args, {
    cwd: folder,
    env: environment,
    // A group of its own, so that what it started can be ended with it.
    detached: process.platform !== 'win32',
    shell: byShell,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  let output = '';
  let standardOutput = '';
  let said = 0;
  let excess: Excess | undefined;
  const endFor = (reason: Excess): void => {
    excess ??= reason;
    endGroup(child);
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      said += text.length;
      if (said > floodOutput) return endFor('output');
      if (output.length < maxOutput) {
        output += text;
        if (stream === child.stdout) standardOutput += text;
      }
      onOutput?.(text);
    });
  }
  const end = (): void => endGroup(child);
  const endLate = (): void => endFor('time');
  const watch = maxMemory === undefined ? undefined : watchMemory(child, maxMemory, () => endFor('memory'));
  const timer = setTimeout(endLate, limitMs);
  signal.addEventListener('abort', end, { once: true });
  giveUp?.addEventListener('abort', endLate, { once: true });
  try {
    const code = await new Promise<number | undefined>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (status) => resolve(status ?? undefined));
    });
    if (signal.aborted) throw cancelledError(signal.reason);
    return { code, excess, output, standardOutput };
  } finally {
    clearTimeout(timer);
    clearInterval(watch);
    signal.removeEventListener('abort', end);
    giveUp?.removeEventListener('abort', endLate);
    // What it left running in its group ends with it.
    endGroup(child);
  }
}

function watchMemory({ pid }: ChildProcess, most: number, onExcess: () => void): NodeJS.Timeout | undefined {
  if (pid === undefined) return undefined;
  return setInterval(() => {
    void groupMemory(pid).then((taken) => {
      if (taken !== undefined && taken > most) onExcess();
    });
  }, 1000);
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') {
      if (child.exitCode === null) spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
    } else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group has ended.
  }
}
