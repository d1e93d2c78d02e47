/**
 * What the guards of both kinds of processes of a test run share: Vitest itself, and the processes that run the tests. Node's permissions do not
 * cover the network before Node 25, nor signals to other processes, nor what databases open by themselves (`attach` of `node:sqlite`): the ways there
 * are taken away here. They are locked where the objects stay in use, so that what runs later cannot put them back.
 *
 * A guard is a second wall, not the first: it is JavaScript in the same process as what it guards against.
 */
export const guardCode = `import { createRequire, syncBuiltinESMExports } from 'node:module';

const load = createRequire(import.meta.url);
const { emitWarning } = process;
process.emitWarning = () => {};

const refusal = (name) =>
  Object.assign(new Error('Tests may not use the network, other programs or files of the machine: ' + name + ' was refused.'), { code: 'ERR_ACCESS_DENIED' });
const refuse = (name) => function () { throw refusal(name); };
/** Puts a value where nothing can replace it. */
const fix = (object, name, value) => {
  const entry = object === undefined ? undefined : Object.getOwnPropertyDescriptor(object, name);
  if (entry === undefined || entry.configurable === false) return;
  Object.defineProperty(object, name, { value, writable: false, configurable: false, enumerable: entry.enumerable });
};
const lock = (object, name, label) => fix(object, name, refuse(label + '.' + name));
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
for (const name of ['dgram', 'cluster', 'inspector', 'inspector/promises', 'sqlite', 'trace_events', 'wasi']) lockModule(name);
lockModule('worker_threads', (name) => name === 'Worker');
lockModule('module', (name) => /^(enableCompileCache|flushCompileCache)$/.test(name));
lockModule('v8', (name) => /^(setFlagsFromString|writeHeapSnapshot|setHeapSnapshotNearHeapLimit)$/.test(name));
lockModule('os', (name) => name === 'setPriority');
lockModule('crypto', (name) => name === 'setEngine');
for (const name of ['binding', '_linkedBinding', 'execve', 'kill', '_kill', '_debugProcess', '_debugEnd']) lock(process, name, 'process');
// A report is written by Node itself, wherever it is told to, also when the memory is used up.
for (const name of ['directory', 'filename', 'signal']) fix(process.report, name, '');
for (const name of ['reportOnFatalError', 'reportOnSignal', 'reportOnUncaughtException']) fix(process.report, name, false);
lock(process.report, 'writeReport', 'report');
`;

/**
 * The beginning of a guard where permissions are to be in force: what was found out about a Node is of no use when another one runs. `project` is where nothing
 * may be written.
 */
export function assertShutIn(project: string): string {
  return `{
  const { permission } = process;
  if (permission === undefined || permission.has('fs.write', ${JSON.stringify(project)}) || permission.has('fs.read', process.execPath) || permission.has('worker')) {
    throw Object.assign(new Error('The permissions of Node.js are not in force.'), { code: 'ERR_ACCESS_DENIED' });
  }
}
`;
}

/** The end of a guard: what was locked is what modules import, too. */
export const guardEnd = `syncBuiltinESMExports();
process.emitWarning = emitWarning;
`;
