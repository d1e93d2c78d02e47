/**
 * Looks at what the processes that run tests ask of Vitest before Vitest sees it: a test can reach the object by which they ask, and Vitest would load any
 * file for it, in any way that a query can name. They may ask for modules of the project and its packages as they stand, which leaves no query, and report
 * results.
 * What it knows of the messages is what Vitest 4 sends; another version would be refused, and the probe of the sandbox would notice.
 */
export const runnerMessages = `
const { fileURLToPath } = load('node:url');
const inside = (file, folder) => file === folder || file.startsWith(folder + path.sep);
/** Whether it names a module of the project or of its packages, as it stands. */
const isMeant = (id, importer) => {
  if (typeof id !== 'string' || id.length > 4096) return false;
  // Names such as #internal are a package's own.
  if (/[?#]/.test(id.slice(1))) return false;
  if (/^(?:node:[\\w/]+|data:[^]*|\\/@id\\/__x00__[\\w:@/.-]*|\\0[\\w:@/.-]*|virtual:[\\w:@/.-]*)$/.test(id)) return !id.includes('..');
  // What stands for a query or another folder once somebody decodes it, and what no file of a project is called.
  if (id.includes('\\0') || /%(?:00|23|2e|2f|3f|5c)/i.test(id)) return false;
  let file = id.replace(/^\\/@id\\//, '').replace(/^\\/@fs\\/+(?=[a-zA-Z]:)/, '').replace(/^\\/@fs\\/+/, '/');
  const ownFile = (value) => (value.startsWith('file:') ? fileURLToPath(value) : value);
  try {
    file = ownFile(file);
    if (/^\\.\\.?(?:\\/|$)/.test(file)) {
      if (typeof importer !== 'string') return false;
      file = path.resolve(path.dirname(ownFile(importer.replace(/[?#][^]*$/, ''))), file);
    }
  } catch {
    return false;
  }
  if (file.startsWith('/@vite/') || file === '/@react-refresh') return true;
  if (path.isAbsolute(file)) {
    const whole = path.resolve(file);
    return inside(whole, limits.project) || inside(whole, limits.packages) || fs.existsSync(path.join(limits.project, whole));
  }
  // A package, or a part of one.
  return /^[@#\\w][\\w@./~+-]*$/.test(file) && !file.split('/').includes('..');
};
const environments = new Set(['client', 'ssr', '__vitest__']);
const text = (value) => value === undefined || typeof value === 'string';
const passes = () => true;
/** What may be asked, and in which shape. Records of artifacts are not among it: Vitest copies the files that they name. */
const requests = new Map(Object.entries({
  fetch: ([id, importer, environment]) => isMeant(id, importer) && text(importer) && environments.has(environment),
  resolve: ([id, importer, environment]) => isMeant(id, importer) && text(importer) && environments.has(environment),
  resolveSnapshotPath: ([file]) => typeof file === 'string' && inside(path.resolve(file), limits.project),
  snapshotSaved: passes,
  onQueued: passes,
  onCollected: passes,
  onTaskUpdate: passes,
  onUnhandledError: passes,
  onAfterSuiteRun: passes,
  getCountOfFailedTests: passes,
}));
const tell = (event) => fs.appendFileSync(limits.reportFile, JSON.stringify(event) + '\\n');

/** What is to become of a message: 'pass', 'drop', or an error to answer with. */
const judge = (message) => {
  if (typeof message !== 'object' || message === null) return 'drop';
  if (message.__vitest_worker_response__ === true) return 'pass';
  if (message.t === 's') return 'pass';
  if (message.t !== 'q' || typeof message.m !== 'string' || !Array.isArray(message.a)) return 'drop';
  // Nobody reads what tests print, and Vitest would remember all of it.
  if (message.m === 'onUserConsoleLog') return { answer: undefined };
  if (requests.get(message.m)?.(message.a) === true) return 'pass';
  return { error: 'Tests may not ask the runner for this: ' + message.m + '(' + String(message.a[0]).slice(0, 200) + ') was refused.' };
};

const watchMessages = (child) => {
  const { emit } = child;
  let hasToldOfEnd = false;
  fix(Object.defineProperty(child, 'emit', { value: emit, configurable: true, enumerable: false }), 'emit', function (event, message, ...rest) {
    if (event !== 'message') return Reflect.apply(emit, child, [event, message, ...rest]);
    if (message?.takoss === 'too-long') {
      if (!hasToldOfEnd) tell({ kind: 'ended', reason: 'output' });
      hasToldOfEnd = true;
      return false;
    }
    const verdict = judge(message);
    if (verdict === 'pass') return Reflect.apply(emit, child, [event, message]);
    if (verdict === 'drop' || message.i === undefined) return false;
    const { answer, error } = verdict;
    const problem = error === undefined ? undefined : { name: 'Error', message: error, code: 'ERR_ACCESS_DENIED' };
    if (child.connected) child.send({ t: 's', i: message.i, r: answer, e: problem }, () => {});
    return false;
  });
};
`;
