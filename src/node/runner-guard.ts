import { guardCode, guardEnd } from './guard-code.ts';
import { runnerMessages } from './runner-messages.ts';

export interface RunnerLimits {
  /** Absolute folders, without links: the project and its packages. */
  readonly project: string;
  readonly packages: string;
  /** The program that Vitest runs tests in. */
  readonly worker: string;
  /** What Node is told when it runs that. */
  readonly workerArguments: readonly string[];
  /** The files of add-ons that may be loaded. */
  readonly addons: readonly string[];
  /** Where what happens is written, an event a line. */
  readonly reportFile: string;
}

/**
 * What is loaded into Vitest itself before anything else. It needs a permission for child processes and one for add-ons, of which Node cannot give a part:
 * here they are narrowed to the processes that run tests and to the files of Vite's compiler. Those processes are given arguments and an environment
 * here, for what Vitest is told about them does not reach its projects, and what they ask of Vitest is looked at before Vitest sees it.
 * It looks for files of workspaces in the folders above, and expects that looking never throws.
 */
export function runnerGuard(limits: RunnerLimits): string {
  return `${guardCode}
const limits = ${JSON.stringify(limits)};
const fs = load('node:fs');
const path = load('node:path');
const childProcess = load('node:child_process');
${runnerMessages}
const { existsSync } = fs;
fs.existsSync = (file) => {
  try {
    return existsSync(file);
  } catch {
    return false;
  }
};

const { dlopen, execPath } = process;
const addons = new Set(limits.addons);
fix(process, 'dlopen', function (module, file, ...rest) {
  const name = path.resolve(String(file).replace(/^\\\\\\\\\\?\\\\/, ''));
  if (!addons.has(name)) throw refusal('process.dlopen');
  return Reflect.apply(dlopen, process, [module, name, ...rest]);
});

// Where Node has nothing else, Vite registers a loader for what configurations rarely do. It goes on where that has no effect.
fix(load('node:module'), 'register', () => {});

const { fork, ChildProcess } = childProcess;
let isForking = false;
const onlyByFork = (object, name, label) => {
  const original = object?.[name];
  if (original === undefined) return;
  fix(object, name, function (...values) {
    if (!isForking) throw refusal(label + '.' + name);
    return Reflect.apply(original, this, values);
  });
};
onlyByFork(Object.getPrototypeOf(new ChildProcess()._handle), 'spawn', 'handle');
onlyByFork(ChildProcess.prototype, 'spawn', 'ChildProcess');

/** Names, not patterns: Node itself obeys many variables. */
const known = new Set(
  ('PATH PATHEXT HOME USERPROFILE TMPDIR TMP TEMP LANG LC_ALL TZ SYSTEMROOT SYSTEMDRIVE WINDIR COMSPEC APPDATA LOCALAPPDATA PROGRAMFILES '
    + 'CI NO_COLOR DEBUG_PRINT_LIMIT ELECTRON_RUN_AS_NODE TEST VITEST VITEST_MODE NODE_ENV FORCE_TTY MODE DEV PROD SSR BASE_URL').split(' '),
);
const environmentOf = (environment) =>
  Object.fromEntries(Object.entries(environment ?? {}).filter(([name]) => known.has(name.toUpperCase())));
/** What Vitest tells Node about its workers, as far as it is harmless. */
const argumentsOf = (given) => {
  const kept = [];
  for (let index = 0; index < given.length; index += 1) {
    const [name, value] = [String(given[index]), String(given[index + 1])];
    if (name === '--experimental-import-meta-resolve') kept.push(name);
    else if (name === '--conditions' && /^[\\w|-]+$/.test(value)) kept.push(name, value);
    else if (name === '--require' && path.resolve(value).startsWith(limits.packages + path.sep)) kept.push(name, value);
  }
  return kept;
};
const start = (file, values, options) => {
  if (path.resolve(String(file)) !== limits.worker) throw refusal('child_process.fork');
  const execArgv = [...limits.workerArguments, ...argumentsOf(options?.execArgv ?? [])];
  isForking = true;
  try {
    const child = fork(limits.worker, [], { execPath, execArgv, env: environmentOf(options?.env), stdio: 'pipe', serialization: 'advanced' });
    watchMessages(child);
    return child;
  } finally {
    isForking = false;
  }
};
fix(childProcess, 'fork', start);
lockModule('child_process');
${guardEnd}`;
}
