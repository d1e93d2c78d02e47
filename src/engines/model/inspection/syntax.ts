import { type Expression, type File, type ParseError, parse } from '@babel/parser';

export type Program = File['program'];
export type Statement = Program['body'][number];
export type Comment = NonNullable<File['comments']>[number];
type Declarator = Extract<Statement, { type: 'VariableDeclaration' }>['declarations'][number];
type TypeNode = Extract<Expression, { type: 'TSAsExpression' }>['typeAnnotation'];
type OpeningElement = Extract<Expression, { type: 'JSXElement' }>['openingElement'];
type ClassMember = Extract<Expression, { type: 'ClassExpression' }>['body']['body'][number];
type ObjectMember = Extract<Expression, { type: 'ObjectExpression' }>['properties'][number];
type ImportSpecifier = Extract<Statement, { type: 'ImportDeclaration' }>['specifiers'][number];
type ExportSpecifier = Extract<Statement, { type: 'ExportNamedDeclaration' }>['specifiers'][number];
type Call = Extract<Expression, { type: 'CallExpression' }>;
type Member = Extract<Expression, { type: 'MemberExpression' }>;
type Handler = NonNullable<Extract<Statement, { type: 'TryStatement' }>['handler']>;

/** What a program is made of, as far as inspection speaks of it. */
export type Node =
  | Program
  | Statement
  | Expression
  | Declarator
  | TypeNode
  | OpeningElement
  | OpeningElement['attributes'][number]
  | ClassMember
  | ObjectMember
  | ImportSpecifier
  | ExportSpecifier
  | Call['callee']
  | Call['arguments'][number]
  | Member['object']
  | Member['property']
  | Handler;

/** A file that can be read: its parts and its comments. */
export interface Parsed {
  readonly program: Program;
  readonly comments: readonly Comment[];
}

/** What is wrong with the grammar of a file. */
export interface SyntaxFault {
  readonly line: number | undefined;
  readonly message: string;
}

/** Code of people has some 20 levels of brackets; the parser's time grows with the cube of what is hostile. */
const maxNesting = 100;
const tooDeep = 'The file is nested too deeply to be read. Write it flatter.';

/** Reads TypeScript. Never throws: whatever the text is, it is parsed or its faults are told. */
export function parseSource(path: string, content: string): Parsed | { readonly faults: readonly SyntaxFault[] } {
  if (nestingOf(content) > maxNesting) return { faults: [{ line: undefined, message: tooDeep }] };
  try {
    const file = parse(content, {
      sourceType: 'module',
      plugins: path.endsWith('.tsx') ? ['typescript', 'jsx'] : ['typescript'],
      errorRecovery: true,
      attachComment: false,
    });
    const faults = (file.errors ?? []).map(faultOf);
    return faults.length > 0 ? { faults } : { program: file.program, comments: file.comments ?? [] };
  } catch (error) {
    return { faults: [faultOf(error)] };
  }
}

/** How deep brackets are nested, those in texts and comments included. */
function nestingOf(content: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [bracket] of content.matchAll(/[([{)\]}]/g)) {
    depth = Math.max(0, depth + ('([{'.includes(bracket) ? 1 : -1));
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

function faultOf(error: unknown): SyntaxFault {
  if (!(error instanceof SyntaxError)) {
    return { line: undefined, message: tooDeep };
  }
  const { loc }: Partial<ParseError> = error;
  return { line: loc?.line, message: error.message.replace(/\s*\(\d+:\d+\)\s*$/, '') };
}

/** Where a node begins; counts from 1. */
export function lineOf(node: Node): number | undefined {
  return node.loc?.start.line;
}

/** The parts of a node with the property they are in, in the order of the text as far as the parser keeps it. */
export function* childrenOf(node: Node): Generator<{ readonly key: string; readonly child: Node }, void, void> {
  for (const [key, value] of Object.entries(node)) {
    if (key === 'loc' || key === 'extra') continue;
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) yield { key, child };
  }
}

/** A node and everything below it. */
export function* nodesOf(root: Node): Generator<Node, void, void> {
  const waiting: Node[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    yield node;
    waiting.push(...[...childrenOf(node)].map(({ child }) => child).reverse());
  }
}

/** The parser makes every node with a `type` and a place; nothing else in its trees has both. */
function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

/** The text of a string or of a template without values. */
export function textOf(node: Node | null | undefined): string | undefined {
  if (node?.type === 'StringLiteral') return node.value;
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0)
    return node.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}
