import { type ChildProcess, spawn } from 'node:child_process';
import { delimiter } from 'node:path';

/** A command that failed, with the end of what it said. */
export class CommandError extends Error {}

/**
 * The environment of a person who has cloned the application: this package's own tools are not on the path, and npm is
 * not told that it runs inside of another npm.
 */
export function cleanEnvironment(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|node_|init_cwd|database_url|port$)/i.test(name));
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  return { ...Object.fromEntries(kept), PATH: path.join(delimiter), CI: '1', NO_COLOR: '1', ...more };
}

/** Runs a command to its end and returns what it wrote. Throws a {@link CommandError} where it fails or takes too long. */
export async function run(
  command: string,
  args: readonly string[],
  cwd: string,
  seconds = 600,
  env: Record<string, string> = {},
): Promise<string> {
  const child = start(command, args, cwd, { env });
  const output = collect(child);
  const timer = setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  clearTimeout(timer);
  if (code !== 0) throw new CommandError(`${command} ${args.join(' ')} ended with ${code}:\n${output().slice(-6000)}`);
  return output();
}

/** Starts a command and leaves it running. */
export function start(
  command: string,
  args: readonly string[],
  cwd: string,
  options: { env?: Record<string, string>; uid?: number; gid?: number } = {},
): ChildProcess {
  const { env = {}, ...user } = options;
  // npm is a script on Windows, which only a shell starts.
  return spawn(command, args, { cwd, env: cleanEnvironment(env), shell: process.platform === 'win32', ...user });
}

/** Returns a function that tells everything the process has written so far. */
export function collect(child: ChildProcess): () => string {
  const pieces: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => pieces.push(String(data)));
  return () => pieces.join('');
}

/** Asks a process to end and waits until it has. Returns its exit code. */
export async function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  return await ended;
}
