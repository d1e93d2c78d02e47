import { declaredBy } from './global-names.ts';
import { type Node, nodesOf, type Program } from './syntax.ts';

/** What can be told of a text without running the program. */
interface Text {
  readonly text: string;
  /** Whether that is all of it; else it is how it begins. */
  readonly isWhole: boolean;
}

/** Tells texts that a program puts together of parts that never change: `'con' + 'structor'`, `['java', 'script:'].join('')`. */
export interface ConstantTexts {
  /** All of a text, or undefined where it cannot be told. */
  textOf(node: Node | null | undefined): string | undefined;
  /** How a text begins, as far as it can be told; undefined where nothing can. */
  startOf(node: Node | null | undefined): string | undefined;
  /** All of the text that a name stands for. */
  textOfName(name: string): string | undefined;
  /** What a name stands for that is bound once in the file, with `const`; else undefined. */
  valueOfName(name: string): Node | undefined;
}

/** Texts within texts within texts: more than anyone writes who means well. */
const maxDepth = 12;
/** As much of a text as is looked at, in characters: texts can double with each name. */
const maxText = 10_000;

export function constantTexts(program: Program): ConstantTexts {
  const values = constantsOf(program);
  const known = new Map<Node, Text | undefined>();

  const read = (node: Node | null | undefined, depth: number): Text | undefined => {
    if (!node || depth > maxDepth) return undefined;
    const before = known.get(node);
    if (before !== undefined || known.has(node)) return before;
    const found = compute(node, depth + 1);
    known.set(node, found);
    return found;
  };
  const compute = (node: Node, depth: number): Text | undefined => {
    switch (node.type) {
      case 'StringLiteral':
        return { text: node.value, isWhole: true };
      case 'NumericLiteral':
        return { text: String(node.value), isWhole: true };
      case 'TemplateLiteral': {
        const parts = node.quasis.flatMap((quasi, index): (Text | undefined)[] => {
          const value = node.expressions[index];
          const text = { text: quasi.value.cooked ?? '', isWhole: true };
          return value === undefined ? [text] : [text, read(value, depth)];
        });
        return joined(parts);
      }
      case 'BinaryExpression':
        if (node.operator !== '+') return undefined;
        return joined([read(node.left, depth), read(node.right, depth)]);
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'ParenthesizedExpression':
        return read(node.expression, depth);
      case 'Identifier':
        return read(values.get(node.name), depth);
      case 'CallExpression':
        return called(node, (part) => read(part, depth));
      default:
        return undefined;
    }
  };
  const textOf = (node: Node | null | undefined): string | undefined => {
    const found = read(node, 0);
    return found?.isWhole === true ? found.text : undefined;
  };
  return {
    textOf,
    startOf: (node) => read(node, 0)?.text,
    textOfName: (name) => textOf(values.get(name)),
    valueOfName: (name) => values.get(name),
  };
}

/** Parts one after another, up to the first that cannot be told. */
function joined(parts: readonly (Text | undefined)[]): Text | undefined {
  let text = '';
  for (const part of parts) {
    if (text.length + (part?.text.length ?? 0) > maxText) return { text, isWhole: false };
    text += part?.text ?? '';
    if (part?.isWhole !== true) return text === '' ? undefined : { text, isWhole: false };
  }
  return { text, isWhole: true };
}

/** `'a'.concat('b')`, `['a', 'b'].join('')`, `String('a')`. */
function called(
  { callee, arguments: args }: Node & { type: 'CallExpression' },
  read: (node: Node) => Text | undefined,
): Text | undefined {
  if (callee.type === 'Identifier' && callee.name === 'String' && args[0] !== undefined) return read(args[0]);
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier' || callee.computed) return undefined;
  if (callee.property.name === 'concat') return joined([read(callee.object), ...args.map(read)]);
  if (callee.property.name !== 'join' || callee.object.type !== 'ArrayExpression') return undefined;
  const separator = args[0] === undefined ? { text: ',', isWhole: true } : read(args[0]);
  const parts = callee.object.elements.map((element) => (element === null ? undefined : read(element)));
  return joined(parts.flatMap((part, index) => (index === 0 ? [part] : [separator, part])));
}

/** What names stand for that the file binds once, with `const`: a parameter or a variable of a loop with the same name could be anything. */
function constantsOf(program: Program): ReadonlyMap<string, Node> {
  const values = new Map<string, Node>();
  const bindings = new Map<string, number>();
  for (const node of nodesOf(program)) {
    for (const name of declaredBy(node)) bindings.set(name, (bindings.get(name) ?? 0) + 1);
    if (node.type !== 'VariableDeclaration' || node.kind !== 'const') continue;
    for (const { id, init } of node.declarations) if (id.type === 'Identifier' && init) values.set(id.name, init);
  }
  for (const [name, count] of bindings) if (count > 1) values.delete(name);
  return values;
}
