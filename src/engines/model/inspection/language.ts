import { globalNames } from './global-names.ts';
import type { Side } from './module-path.ts';
import { isPlatformName } from './platform-names.ts';
import type { Report } from './problem.ts';
import { childrenOf, type Node, nodesOf, type Parsed } from './syntax.ts';

/** Names that are refused on every side, with what to do instead. */
const instead: ReadonlyMap<string, string> = new Map([
  ...['eval', 'Function', 'WebAssembly', 'importScripts', 'ShadowRealm'].map(
    (name) => [name, 'Write the code itself.'] as const,
  ),
  ...['require', 'module', 'exports'].map((name) => [name, 'Use an import statement.'] as const),
  ...['process', 'Buffer', '__dirname', '__filename', 'setImmediate'].map(
    (name) => [name, 'Features do not use Node: take what they need as arguments.'] as const,
  ),
  ...['globalThis', 'global', 'self', 'top', 'parent', 'frames', 'opener', 'Proxy', 'Reflect'].map(
    (name) => [name, 'Name what you need directly.'] as const,
  ),
  ...'Worker SharedWorker ServiceWorker XMLHttpRequest WebSocket WebTransport RTCPeerConnection Image Audio'
    .split(' ')
    .map((name) => [name, 'Pages talk to the API by the functions of src/client/api.'] as const),
  ['arguments', 'Name the parameters.'],
]);

const ofTools = /^_{2}(?!html$|proto__$)|^\$vite/;
/** Characters that nobody sees, by which two names can look alike. */
const invisible = /\p{Default_Ignorable_Code_Point}/u;

/** Looks for names that lead out of what a feature is for, and for parts of the language that reach what a file does not name. */
export function inspectLanguage({ program }: Parsed, report: Report): void {
  for (const { name, node } of globalNames(program)) {
    const why = instead.get(name);
    if (why !== undefined) report('syntax', node, `"${name}" may not be used. ${why}`);
  }
  for (const node of nodesOf(program)) inspectNode(node, report);
  inspectThis(program, false, report);
}

/** Looks for names that the file does not declare and the platform is not known to have, so that what is new there is refused too. */
export function inspectUnknownNames({ program }: Parsed, side: Side, report: Report): void {
  for (const { name, node } of globalNames(program)) {
    if (isPlatformName(name, side) || instead.has(name)) continue;
    const where = side.startsWith('client') ? 'pages' : 'code of the server';
    report('syntax', node, `"${name}" is neither declared in this file nor one of the names that ${where} may use.`);
  }
}

function inspectNode(node: Node, report: Report): void {
  if ('declare' in node && node.declare === true) {
    report('syntax', node, '"declare" may not be used. Import what you need.');
  }
  if (/^(With|Debugger)Statement$/.test(node.type)) report('syntax', node, 'The statement may not be used.');
  const name = nameIn(node);
  if (name === undefined) return;
  if (isOfTools(name)) report('syntax', node, `"${name.slice(0, 60)}" may not be used: such names are those of tools.`);
  if (node.type !== 'StringLiteral' && invisible.test(name)) {
    report('syntax', node, 'A name has characters that nobody sees. Leave them out.');
  }
}

/** Whether a name is one that bundlers and test runners give to what they put around modules. */
export function isOfTools(name: string): boolean {
  return ofTools.test(name);
}

/** The name that a node is: of a variable, a property, an element, or a text that may be one. */
function nameIn(node: Node): string | undefined {
  if (node.type === 'StringLiteral') return node.value;
  const { type, name }: { type: string; name?: unknown } = node;
  return /^(JSX)?Identifier$/.test(type) && typeof name === 'string' ? name : undefined;
}

/**
 * `this` is the object of a class, or whatever calls the function: of a timer that is the window. Arrow functions have the one around them.
 */
function inspectThis(node: Node, isOfClass: boolean, report: Report): void {
  if (node.type === 'ThisExpression' && !isOfClass) {
    report('syntax', node, '"this" may only be used in classes. Name what you need directly.');
  }
  for (const { key, child } of childrenOf(node)) {
    const type: string = child.type;
    const isMember = /^Class(Private)?(Method|Property)$|^ClassAccessorProperty$|^StaticBlock$/.test(type);
    const isFunction = /^(FunctionDeclaration|FunctionExpression|ObjectMethod)$/.test(type);
    // The key of a member, and what a class extends, are computed outside of it.
    const ofClass = isMember ? true : isFunction ? false : key === 'superClass' ? false : isOfClass;
    inspectThis(child, ofClass, report);
  }
}
