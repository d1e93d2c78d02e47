import type { ConstantTexts } from './constant-text.ts';
import type { Report } from './problem.ts';
import { childrenOf, type Node, nodesOf, type Parsed } from './syntax.ts';

/** A function that the application calls at one of its slots, or that adds samples. */
export interface Entrance {
  readonly slot: string;
  readonly file: string;
  readonly export: string;
}

/** What code may not do where the application calls it by itself. Pages and routes are asked for; this runs in the middle of what others asked for. */
interface Rules {
  /** Methods of the database that change records. */
  readonly mayInsert: boolean;
  readonly mayChange: boolean;
  /** Timers, which `server.start` ends when the server stops. */
  readonly mayWait: boolean;
  /** Whether a caught error may end there. */
  readonly mayCatch: boolean;
  /** Whether it may read the body of a request and make an answer. */
  readonly mayAnswer: boolean;
}

const looks: Rules = { mayInsert: false, mayChange: false, mayWait: false, mayCatch: false, mayAnswer: false };

const rules: Readonly<Record<string, Rules>> = {
  // It sees every request and every answer of the application.
  'server.middleware': { ...looks, mayInsert: true, mayChange: true },
  'server.start': { ...looks, mayInsert: true, mayChange: true, mayWait: true, mayCatch: true },
  'resource.guard': looks,
  'query.extend': looks,
  // What they throw undoes the change; what they caught of the database has already ended its transaction.
  'resource.before': { ...looks, mayInsert: true, mayChange: true },
  'resource.after': { ...looks, mayInsert: true, mayChange: true },
  // Samples and what is there before the tests of the whole application are added, and nothing is taken away from others.
  seed: { ...looks, mayInsert: true },
  'test.before': { ...looks, mayInsert: true },
};

/** Inspects a file of the server that the application calls at a slot, itself or through another file of the feature. */
export function inspectEntrance(slot: string, { program }: Parsed, texts: ConstantTexts, report: Report): void {
  const own = rules[slot];
  if (own === undefined) return;
  for (const node of nodesOf(program)) {
    inspectWrites(slot, own, node, texts, report);
    inspectErrors(slot, own, node, texts, report);
    if (!own.mayAnswer) inspectAnswers(slot, node, texts, report);
  }
  if (!own.mayWait) return;
  const names = new Set([...nodesOf(program)].flatMap((node) => calledName(node) ?? []));
  for (const [set, clear] of Object.entries({ setInterval: 'clearInterval', setTimeout: 'clearTimeout' })) {
    if (names.has(set) && !names.has(clear)) {
      report('syntax', undefined, `"${set}" goes on when the server stops: return a function that calls "${clear}".`);
    }
  }
}

/** What holds for all code of the server: timers that nobody ends, loops without an end, and what is said between a browser and the server. */
export function inspectServerCode({ program }: Parsed, isStart: boolean, texts: ConstantTexts, report: Report): void {
  for (const node of nodesOf(program)) {
    if (calledName(node) === 'setInterval' && !isStart) {
      report('syntax', node, '"setInterval" may only be used where the slot server.start is filled, which ends it.');
    }
    if (isEndless(node)) report('syntax', node, 'The loop has no end: nothing in it breaks, returns, throws or waits.');
    inspectHeaders(node, texts, report);
  }
}

const changes = /^(update|delete)$/;

function inspectWrites(
  slot: string,
  { mayInsert, mayChange, mayWait }: Rules,
  node: Node,
  texts: ConstantTexts,
  report: Report,
): void {
  const name = methodOf(node, texts);
  const timer = calledName(node);
  if (!mayWait && timer !== undefined && /^(setTimeout|queueMicrotask)$/.test(timer)) {
    report('syntax', node, `"${timer}" may not be used at the slot ${slot}: what is begun there ends there.`);
  }
  if (name === undefined || !isDatabaseCall(node)) return;
  if (changes.test(name) && !mayChange) {
    report('syntax', node, `"${name}" may not be used at the slot ${slot}, which changes no records that are there.`);
  } else if (name === 'insert' && !mayInsert) {
    report('syntax', node, `"${name}" may not be used at the slot ${slot}, which only looks.`);
  }
}

/** `db.insert(…)`, `tx.delete(…)`: a set also has `delete`, but is called by another name. */
function isDatabaseCall(node: Node): boolean {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
  const { object } = node.callee;
  return object.type === 'Identifier' && /^(db|database|tx|trx|transaction)$/.test(object.name);
}

function inspectErrors(slot: string, { mayCatch }: Rules, node: Node, texts: ConstantTexts, report: Report): void {
  if (mayCatch) return;
  const said = `Errors may not be kept at the slot ${slot}: what goes wrong there undoes the whole change or refuses the request.`;
  if (node.type === 'TryStatement' && node.handler && ![...nodesOf(node.handler.body)].some(isThrow)) {
    report('syntax', node.handler, `${said} Throw again.`);
  }
  if (methodOf(node, texts) === 'catch' && node.type === 'CallExpression') report('syntax', node, said);
  if (node.type === 'UnaryExpression' && node.operator === 'void') {
    report('syntax', node, `Wait for it with "await": at the slot ${slot} nothing goes on by itself.`);
  }
  const isLeft = node.type === 'ExpressionStatement' && isDatabaseCall(rootCall(node.expression));
  if (isLeft)
    report('syntax', node, 'Wait for it with "await": it runs in the transaction of the change, or not at all.');
}

/** The first call of a chain: `db.insert(a)` of `db.insert(a).values(b)`. */
function rootCall(node: Node): Node {
  let current = node;
  while (current.type === 'CallExpression' && current.callee.type === 'MemberExpression') {
    if (current.callee.object.type !== 'CallExpression') return current;
    current = current.callee.object;
  }
  return current;
}

const answers =
  /^(json|text|html|body|redirect|newResponse|notFound|parseBody|arrayBuffer|blob|formData|valid|stream|render)$/;

/** What others ask and what they are answered is theirs. */
function inspectAnswers(slot: string, node: Node, texts: ConstantTexts, report: Report): void {
  const name = methodOf(node, texts);
  const said = `at the slot ${slot}: throw a Problem to refuse, and leave requests and answers as they are.`;
  if (node.type === 'CallExpression' && name !== undefined && answers.test(name)) {
    report('syntax', node, `"${name}" may not be called ${said}`);
  }
  if (
    node.type === 'NewExpression' &&
    node.callee.type === 'Identifier' &&
    /^(Response|Request)$/.test(node.callee.name)
  ) {
    report('syntax', node, `"new ${node.callee.name}" may not be used ${said}`);
  }
}

/** Names of headers that say who somebody is, or what browsers are allowed. Whoever can set or read these can act for others. */
const guarded =
  /^((set-)?cookie2?|(proxy-)?authorization|x-forwarded-.*|access-control-.*|content-security-policy.*|cross-origin-.*|strict-transport-security|x-frame-options|x-content-type-options|clear-site-data|service-worker-allowed)$/i;

function inspectHeaders(node: Node, texts: ConstantTexts, report: Report): void {
  const text = headerIn(node, texts);
  if (text !== undefined && guarded.test(text)) {
    report('syntax', node, `The header "${text}" may not be used: it says who somebody is or what browsers may do.`);
  }
  const name = methodOf(node, texts);
  if (node.type === 'CallExpression' && name === 'header') {
    const [first] = node.arguments;
    if (first === undefined || texts.textOf(first as Node) === undefined) {
      report('syntax', node, "Name the header that you read or set, as in c.req.header('Accept-Language').");
    }
  }
  const isMember = node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression';
  const property = isMember ? memberName(node, texts) : undefined;
  if (isMember && property === 'res' && node.object.type === 'Identifier') {
    report('syntax', node, '"res" may not be used: answers of other parts of the application are theirs.');
  }
}

/** What may be the name of a header: what a method is given to look up or to set, and a key with a hyphen. */
function headerIn(node: Node, texts: ConstantTexts): string | undefined {
  if (node.type === 'ObjectProperty') {
    const key = node.key.type === 'PrivateName' ? undefined : texts.textOf(node.key);
    return key?.includes('-') ? key : undefined;
  }
  const method = methodOf(node, texts);
  if (node.type !== 'CallExpression' || !/^(header|get|set|append|has|delete)$/.test(method ?? '')) return undefined;
  const [first] = node.arguments;
  return texts.textOf(first as Node | undefined);
}

/** A loop whose condition is always true, and that nothing ends. */
function isEndless(node: Node): boolean {
  if (node.type !== 'WhileStatement' && node.type !== 'DoWhileStatement' && node.type !== 'ForStatement') return false;
  const { test } = node;
  const isAlways =
    !test || (test.type === 'BooleanLiteral' && test.value) || (test.type === 'NumericLiteral' && test.value !== 0);
  return isAlways && !ends(node.body);
}

/** Whether a statement can leave the loop it is the body of, or at least lets others go on. */
function ends(node: Node): boolean {
  if (/^(Break|Return|Throw)Statement$|^(Await|Yield)Expression$/.test(node.type)) return true;
  if (/^(Function|ArrowFunction)|^(Object|Class)Method$/.test(node.type)) return false;
  return [...childrenOf(node)].some(({ child }) => ends(child));
}

function isThrow({ type }: Node): boolean {
  return type === 'ThrowStatement';
}

/** The name of a function that is called by its name. */
function calledName(node: Node): string | undefined {
  return node.type === 'CallExpression' && node.callee.type === 'Identifier' ? node.callee.name : undefined;
}

function methodOf(node: Node, texts: ConstantTexts): string | undefined {
  if (node.type !== 'CallExpression' && node.type !== 'OptionalCallExpression') return undefined;
  const { callee } = node;
  const isMember = callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression';
  return isMember ? memberName(callee, texts) : undefined;
}

function memberName(
  { property, computed }: Node & { type: 'MemberExpression' | 'OptionalMemberExpression' },
  texts: ConstantTexts,
): string | undefined {
  return property.type === 'Identifier' && !computed ? property.name : texts.textOf(property);
}
