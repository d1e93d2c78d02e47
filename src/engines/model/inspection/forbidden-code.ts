import { inspectAddresses } from './addresses.ts';
import { inspectComputedKeys } from './computed-keys.ts';
import { type ConstantTexts, constantTexts } from './constant-text.ts';
import { inspectDatabaseCode } from './database-code.ts';
import { type GlobalName, globalNames } from './global-names.ts';
import { inspectLanguage, isOfTools } from './language.ts';
import { inspectLinks } from './links.ts';
import { resolveFrom, type Side, sideOf } from './module-path.ts';
import { inspectNavigation } from './navigation.ts';
import { isPlatformName } from './platform-names.ts';
import type { Report } from './problem.ts';
import { type Node, nodesOf, type Parsed } from './syntax.ts';

/** Properties that reach code or other sites whatever object they are taken from. */
const forbiddenProperties: ReadonlyMap<string, string> = new Map([
  ['constructor', 'Features have no use for it.'],
  ['__proto__', 'Features have no use for it.'],
  ['prototype', 'Features have no use for it.'],
  ['innerHTML', 'Return elements instead.'],
  ['outerHTML', 'Return elements instead.'],
  ['insertAdjacentHTML', 'Return elements instead.'],
  ['createContextualFragment', 'Return elements instead.'],
  ['srcdoc', 'Return elements instead.'],
  ['sendBeacon', 'Pages talk to the API by the functions of src/client/api.'],
  ['serviceWorker', 'Features have no use for it.'],
  ['dangerouslySetInnerHTML', 'Return elements instead.'],
  ['__html', 'Return elements instead.'],
  ['prepareStackTrace', 'Features have no use for it.'],
  ['__defineGetter__', 'Features have no use for it.'],
  ['__lookupGetter__', 'Features have no use for it.'],
  ['defaultView', 'Name what you need directly.'],
  ['$client', 'Use the functions of Drizzle.'],
  ...['eval', 'WebAssembly', 'XMLHttpRequest', 'WebSocket', 'RTCPeerConnection', 'SharedWorker'].map(
    (name) => [name, 'Pages talk to the API by the functions of src/client/api.'] as const,
  ),
  ['importActual', 'Import the module itself.'],
  ['importMock', 'Import the module itself.'],
  ...['rpc', 'fetchModule', 'audioWorklet', 'paintWorklet', 'caller', 'callee'].map(
    (name) => [name, 'Features have no use for it.'] as const,
  ),
]);

/** Functions of `Object` that reach what objects are made of; with them one gets at `constructor` by any name. */
const objectMethods =
  /^(getOwnPropertyDescriptors?|getPrototypeOf|setPrototypeOf|definePropert(y|ies)|getOwnPropertyNames|getOwnPropertySymbols)$/;

const requests = new Set(['fetch', 'EventSource']);
const relativeApi = /^\/api(\/|\?|$)/;

/** Looks for what a feature may not do: run text as code, reach around the API, switch off checks of the project. */
export function inspectForbidden(path: string, { program, comments }: Parsed, report: Report): void {
  const side = sideOf(path) ?? 'shared';
  const texts = constantTexts(program);
  inspectLanguage({ program, comments }, report);
  inspectComputedKeys({ program, comments }, texts, report);
  for (const use of globalNames(program)) inspectGlobal(use, side, texts, report);
  if (side === 'client') {
    inspectAddresses({ program, comments }, texts, report);
    inspectLinks({ program, comments }, texts, report);
    inspectNavigation({ program, comments }, texts, report);
  }
  if (/^(server|shared|server-test)$/.test(side)) inspectDatabaseCode({ program, comments }, texts, report);
  const api = importedFromApi(path, program);
  for (const node of nodesOf(program)) {
    inspectNode(node, side, texts, report);
    inspectApiCall(node, api, texts, report);
  }
  for (const { value, loc } of comments) {
    const line = loc?.start.line;
    const switchedOff =
      /@ts-(?:ignore|nocheck|expect-error)|biome-ignore|eslint-disable|(?:v8|c8|istanbul) ignore/.exec(value);
    if (switchedOff) report('syntax', line, `"${switchedOff[0]}" switches off a check. Solve what it complains about.`);
    const directive = /@jsx\w*|@vitest-\w+|@vite-ignore|^\/\s*<(?:reference|amd)/.exec(value);
    if (directive)
      report('syntax', line, `The comment "${directive[0].trim()}" changes how the file is read. Leave it out.`);
  }
}

function inspectGlobal(
  { name, node, parent, key }: GlobalName,
  side: Side,
  texts: ConstantTexts,
  report: Report,
): void {
  if (name === 'window' || name === 'document') {
    inspectWindow(name, node, parent, key, side, texts, report);
  } else if (name === 'Object' || name === 'Symbol') {
    const method =
      parent.type === 'MemberExpression' && key === 'object' && !parent.computed ? parent.property : undefined;
    const called = method?.type === 'Identifier' ? method.name : undefined;
    const isRefused = name === 'Object' ? called === undefined || objectMethods.test(called) : !isOwnSymbol(called);
    if (key !== 'callee' && isRefused) {
      report('syntax', node, `"${name}${called === undefined ? '' : `.${called}`}" may not be used here.`);
    }
  } else if (requests.has(name)) {
    inspectRequest(name, node, parent, key, side, texts, report);
  } else if (
    /^set(Timeout|Interval)$/.test(name) &&
    key === 'callee' &&
    texts.startOf(firstArgument(parent)) !== undefined
  ) {
    report('syntax', node, `"${name}" may not be given text to run. Give it a function.`);
  }
}

/** Symbols of the registry (`Symbol.for`) reach the insides of libraries. */
function isOwnSymbol(member: string | undefined): boolean {
  return /^(iterator|asyncIterator|toStringTag)$/.test(member ?? '');
}

/** `window.location` is fine; `window[name]` and `const w = window` could be anything. */
function inspectWindow(
  name: string,
  node: Node,
  parent: Node,
  key: string,
  side: Side,
  texts: ConstantTexts,
  report: Report,
): void {
  const isType = parent.type === 'UnaryExpression' && parent.operator === 'typeof';
  const isMember = parent.type === 'MemberExpression' || parent.type === 'OptionalMemberExpression';
  if (isType) return;
  if (name === 'document') {
    // Tests hand it to functions that send events.
    if (side === 'client-test' && key === 'arguments') return;
    const isNamed = isMember && key === 'object';
    const property = !isNamed
      ? undefined
      : parent.property.type === 'Identifier' && !parent.computed
        ? parent.property.name
        : texts.textOf(parent.property);
    if (property === undefined) {
      report('syntax', node, '"document" may only be used as in document.title. Name what you need directly.');
    } else if (/^(write|writeln|execCommand|domain|cookie|location|open|parseHTMLUnsafe)$/.test(property)) {
      report('syntax', node, `"document.${property}" may not be used. Return elements instead.`);
    }
    return;
  }
  if (!isMember || key !== 'object' || parent.computed || parent.property.type !== 'Identifier') {
    report('syntax', node, '"window" may only be used as in window.location. Name what you need directly.');
    return;
  }
  const { name: property } = parent.property;
  // `open`, `location` and `navigation` are looked at where pages are kept from leaving.
  if (!isPlatformName(property, 'client') || requests.has(property) || /^(window|document)$/.test(property)) {
    report('syntax', node, `"window.${property}" may not be used. Name what you need directly.`);
  }
}

function inspectRequest(
  name: string,
  node: Node,
  parent: Node,
  key: string,
  side: Side,
  texts: ConstantTexts,
  report: Report,
): void {
  if (side === 'server' || side === 'shared' || side === 'server-test') {
    report('syntax', node, `"${name}" may not be used here: the server sends no requests.`);
    return;
  }
  const url = key === 'callee' ? texts.startOf(firstArgument(parent)) : undefined;
  if (url !== undefined && relativeApi.test(url)) return;
  report(
    'syntax',
    node,
    `"${name}" may only be called with a text that begins with "/api/". Use the functions of src/client/api.`,
  );
}

function inspectNode(node: Node, side: Side, texts: ConstantTexts, report: Report): void {
  switch (node.type) {
    case 'ImportExpression':
    case 'TSImportType':
      report('imports', node, 'import() may not be used. Use an import statement.');
      break;
    case 'TSImportEqualsDeclaration':
      report('imports', node, '"import … =" may not be used. Use an import statement.');
      break;
    case 'TSModuleDeclaration':
      report('syntax', node, 'Namespaces and declarations for other modules may not be used.');
      break;
    case 'MetaProperty':
      report('syntax', node, `"${node.meta.name}.${node.property.name}" may not be used.`);
      break;
    case 'MemberExpression':
    case 'OptionalMemberExpression': {
      const property =
        node.property.type === 'Identifier' && !node.computed ? node.property.name : texts.textOf(node.property);
      inspectProperty(property, node, report);
      const isServer = side === 'server' || side === 'shared';
      if (isServer && property === 'env') report('syntax', node, '"env" may not be used: features read no settings.');
      if (side === 'client' && property === 'fetch' && node.object.type !== 'Identifier') {
        report('syntax', node, '"fetch" may not be used here. Use the functions of src/client/api.');
      }
      break;
    }
    case 'StringLiteral':
      // However it is put to use: `Reflect.get(f, 'constructor')` makes a function of a text.
      if (/^(constructor|__proto__)$/.test(node.value)) inspectProperty(node.value, node, report);
      break;
    case 'CallExpression':
    case 'BinaryExpression':
    case 'TemplateLiteral': {
      const text = texts.textOf(node);
      if (text !== undefined && /^(constructor|__proto__)$/.test(text)) inspectProperty(text, node, report);
      break;
    }
    case 'ObjectProperty':
      // `const { constructor } = f` takes it too; in an object literal it only names a value.
      if (node.key.type === 'Identifier' && !node.computed) {
        if (node.value.type !== 'StringLiteral') inspectProperty(node.key.name, node, report);
      } else if (node.key.type !== 'PrivateName') inspectProperty(texts.textOf(node.key), node, report);
      break;
    default:
  }
}

function inspectProperty(property: string | undefined, node: Node, report: Report): void {
  const instead = property === undefined ? undefined : forbiddenProperties.get(property);
  if (instead !== undefined) report('syntax', node, `"${property}" may not be used. ${instead}`);
  else if (property !== undefined && isOfTools(property) && node.type !== 'StringLiteral') {
    report('syntax', node, `"${property.slice(0, 60)}" may not be used: such names are those of tools.`);
  }
}

/** What a file imports from the project's functions for requests, by the name it has in the file. */
function importedFromApi(path: string, program: Parsed['program']): ReadonlySet<string> {
  const names = program.body.flatMap((statement) => {
    if (statement.type !== 'ImportDeclaration') return [];
    const target = resolveFrom(path, statement.source.value);
    return target?.startsWith('src/client/api/') ? statement.specifiers.map(({ local }) => local.name) : [];
  });
  return new Set(names);
}

/** Requests go to the application itself, whoever sends them. */
function inspectApiCall(node: Node, api: ReadonlySet<string>, texts: ConstantTexts, report: Report): void {
  if (node.type !== 'CallExpression' && node.type !== 'OptionalCallExpression') return;
  if (node.callee.type !== 'Identifier' || !api.has(node.callee.name)) return;
  const url = texts.startOf(firstArgument(node));
  if (url === undefined || !/^([a-z]+:|\/\/|\\)/i.test(url)) return;
  report('syntax', node, `"${node.callee.name}" may only be given an address that begins with "/api/".`);
}

function firstArgument(node: Node): Node | undefined {
  if (!/^(Call|OptionalCall|New)Expression$/.test(node.type) || !('arguments' in node)) return undefined;
  const [first] = node.arguments;
  return first?.type === 'SpreadElement' ? undefined : first;
}
