import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installVsCodeServer } from '../../scripts/vscode-server.mjs';
import { startRedirector } from './redirector.ts';

export interface ServerOptions {
  /** False: folders open untrusted, as for a person who has not answered the question yet. */
  readonly trust: boolean;
  /** The user's settings. */
  readonly settings?: Record<string, unknown>;
  /** A packaged extension to install. */
  readonly vsix?: string;
  /** The folder of an extension to have installed as it stands: what is built later is there after a reload. */
  readonly linked?: string;
  /** Lets windows load an extension and run tests ({@link WindowOptions}); they then keep their notifications to themselves. */
  readonly isForTests?: boolean;
  /** By default, that of this process. */
  readonly environment?: NodeJS.ProcessEnv;
}

export interface WindowOptions {
  readonly folder?: string;
  /** An unpacked extension to load besides the installed ones. */
  readonly extension?: string;
  /** A module with `run(): Promise<void>`, executed in the extension host; the window closes after it. */
  readonly tests?: string;
}

/** A running VS Code server with user data of its own. */
export interface Server {
  readonly process: ChildProcess;
  /** What it has printed so far. */
  output(): string;
  /** The address of a window. */
  windowUrl(options: WindowOptions): string;
  /** Ends it with everything it started and removes its data. */
  stop(): Promise<void>;
}

const startTimeout = 120_000;

/** Starts a VS Code server on a free port. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const main = await installVsCodeServer();
  const data = await mkdtemp(join(tmpdir(), 'takoss-vscode-'));
  const user = join(data, 'data', 'User');
  await mkdir(user, { recursive: true });
  const machine = join(data, 'data', 'Machine');
  await mkdir(machine, { recursive: true });
  await writeFile(join(user, 'settings.json'), JSON.stringify({ ...quiet, ...options.settings }, null, 2));
  // Of a server, settings of its machine are here and nowhere else.
  await writeFile(join(machine, 'settings.json'), JSON.stringify(options.settings ?? {}, null, 2));

  const args = [main, '--accept-server-license-terms', '--server-data-dir', data, '--telemetry-level', 'off'];
  if (options.linked !== undefined) {
    await mkdir(join(data, 'extensions'), { recursive: true });
    await symlink(options.linked, join(data, 'extensions', 'linked'), 'junction');
  }
  // Only with the first installation does VS Code list what is in the folder already.
  if (options.vsix !== undefined) await run([...args, '--install-extension', options.vsix]);

  const serve = ['--host', '127.0.0.1', '--port', '0', '--without-connection-token'];
  if (options.trust) serve.push('--disable-workspace-trust');
  if (options.isForTests) serve.push('--enable-smoke-test-driver');
  const redirector = await startRedirector();
  const child = spawn(process.execPath, [...args, ...serve], {
    detached: process.platform !== 'win32',
    env: { ...(options.environment ?? process.env), VSCODE_PROXY_URI: redirector.template },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const collect = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);

  const stop = async () => {
    endTree(child);
    redirector.close();
    await rm(data, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  };
  const endWithUs = () => endTree(child);
  process.once('exit', endWithUs);
  child.once('exit', () => process.off('exit', endWithUs));

  try {
    const port = await listening(child, () => output);
    const authority = `localhost:${port}`;
    return {
      process: child,
      output: () => output,
      windowUrl: (window) => windowUrl(authority, window),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** No greeting, no hints and no questions between a test and what it looks at. */
const quiet = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'remote.autoForwardPorts': false,
  'telemetry.telemetryLevel': 'off',
};

/** An environment without the keys of whoever runs the tests: they ask no real model. */
export function withoutKeys(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !/^(ANTHROPIC|CLAUDE)_/.test(name)));
}

async function run(args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`VS Code answered ${code} to ${args.at(-2)}:\n${output}`);
}

function listening(child: ChildProcess, output: () => string): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`VS Code did not start within ${startTimeout / 1000} s.\n${output()}`)),
      startTimeout,
    );
    const look = () => {
      const port = /Web UI available at http:\/\/[^:]+:(\d+)/.exec(output())?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    };
    child.stdout?.on('data', look);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`VS Code ended with ${code}.\n${output()}`));
    });
  });
}

function windowUrl(authority: string, window: WindowOptions): string {
  const url = new URL(`http://${authority}/`);
  if (window.folder === undefined) url.searchParams.set('ew', 'true');
  else url.searchParams.set('folder', pathToFileURL(window.folder).pathname);
  const payload: string[][] = [];
  const remote = (path: string) => `vscode-remote://${authority}${pathToFileURL(path).pathname}`;
  if (window.extension !== undefined) payload.push(['extensionDevelopmentPath', remote(window.extension)]);
  if (window.tests !== undefined) payload.push(['extensionTestsPath', remote(window.tests)]);
  if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

/** The server starts extension hosts and those start terminals: all of them are in its process group. */
function endTree(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    if (process.platform === 'win32') child.kill();
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It ended by itself between the question and the signal.
  }
}
