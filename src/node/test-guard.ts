/**
 * What is loaded into the processes that run tests before anything else. Node's permissions do not cover the network before Node 25, nor signals to
 * other processes, nor what databases open by themselves (`attach` of `node:sqlite`): the ways there are taken away here. They are locked where the
 * objects stay in use, so that what runs later cannot put them back.
 *
 * It is a second wall, not the first: it is JavaScript in the same process as what it guards against.
 */
export const testGuard = `import { createRequire, syncBuiltinESMExports } from 'node:module';

const load = createRequire(import.meta.url);
const { emitWarning } = process;
process.emitWarning = () => {};

const refuse = (name) => function () {
  throw Object.assign(new Error('Tests may not use the network, other programs or files of the machine: ' + name + ' was refused.'), { code: 'ERR_ACCESS_DENIED' });
};
const lock = (object, name, label) => {
  const entry = object === undefined ? undefined : Object.getOwnPropertyDescriptor(object, name);
  if (entry === undefined || entry.configurable === false) return;
  Object.defineProperty(object, name, { value: refuse(label + '.' + name), writable: false, configurable: false, enumerable: entry.enumerable });
};
const lockModule = (name, isMeant = () => true) => {
  let module;
  try { module = load('node:' + name); } catch { return; }
  for (const key of Object.getOwnPropertyNames(module)) {
    if (typeof module[key] === 'function' && isMeant(key)) lock(module, key, name);
  }
};

const net = load('node:net');
const tls = load('node:tls');
// The handles of the system, which sockets only wrap. There is no other way to them that stays open.
for (const options of [{}, { pipe: true }]) {
  const handle = new tls.TLSSocket(undefined, options)._handle?._parent;
  const methods = handle === undefined ? undefined : Object.getPrototypeOf(handle);
  for (const name of ['bind', 'bind6', 'connect', 'connect6', 'listen', 'fchmod']) lock(methods, name, 'handle');
}
lock(net.Socket.prototype, 'connect', 'socket');
for (const name of ['listen', '_listen2']) lock(net.Server.prototype, name, 'server');
lockModule('net', (name) => /^(connect|createConnection|createServer|Server|_createServerHandle)$/.test(name));
lockModule('tls', (name) => /^(connect|createServer|Server)$/.test(name));
lockModule('dns', (name) => !/Default|^[gs]etServers$/.test(name));
lockModule('dns/promises', (name) => !/Default|^[gs]etServers$/.test(name));
for (const name of ['dgram', 'child_process', 'cluster', 'inspector', 'inspector/promises', 'sqlite', 'trace_events', 'wasi']) lockModule(name);
lockModule('worker_threads', (name) => name === 'Worker');
lockModule('module', (name) => name === 'register');
lockModule('v8', (name) => /^(setFlagsFromString|writeHeapSnapshot|setHeapSnapshotNearHeapLimit)$/.test(name));
lockModule('os', (name) => name === 'setPriority');
for (const name of ['binding', '_linkedBinding', 'dlopen', 'execve', 'kill', '_kill', '_debugProcess', '_debugEnd']) lock(process, name, 'process');
syncBuiltinESMExports();
process.emitWarning = emitWarning;
`;

/**
 * What is loaded into Vitest itself, which starts a process for each project of the tests. Those are given the arguments for Node here, because what
 * Vitest is told about them does not reach the projects. It looks for files of workspaces in the folders above, and expects that looking never throws.
 */
export function runnerPreload(workerArguments: readonly string[]): string {
  return `import childProcess from 'node:child_process';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { fork } = childProcess;
childProcess.fork = (path, args, options) =>
  fork(path, args, { ...options, execArgv: [...${JSON.stringify(workerArguments)}, ...(options?.execArgv ?? [])] });
const { existsSync } = fs;
fs.existsSync = (path) => {
  try {
    return existsSync(path);
  } catch {
    return false;
  }
};
syncBuiltinESMExports();
`;
}
