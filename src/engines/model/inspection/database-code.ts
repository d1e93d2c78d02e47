import type { ConstantTexts } from './constant-text.ts';
import type { Report } from './problem.ts';
import { inspectSqlTemplate, type SqlTemplate } from './sql-texts.ts';
import { childrenOf, type Node, type Parsed } from './syntax.ts';

/** What of `sql` may be called. `raw`, `fromList` and `identifier` make SQL of text. */
const offered = /^(join|empty|param|placeholder)$/;
/** What databases and queries are made of: with a session one can send any text. */
const insides = /^(session|dialect|_|\$client|client|_prepare|prepare)$/;
const buildersOnly = 'Use the queries that Drizzle builds: select, insert, update, delete, $count.';
const templatesOnly = '"sql" may only be used as in sql`…` and sql.join(…). SQL is not put together from text.';

/**
 * Looks at how a file of the server talks to the database: by the queries that Drizzle builds. Within them, SQL is only what stands in the file as sql`…`,
 * so that all of it can be read before it runs. The user of the database may be one that can start programs.
 */
export function inspectDatabaseCode({ program }: Parsed, texts: ConstantTexts, report: Report): void {
  const visit = (node: Node, parent: Node | undefined, key: string): void => {
    inspectNode(node, parent, key, texts, report);
    for (const { key: inner, child } of childrenOf(node)) visit(child, node, inner);
  };
  visit(program, undefined, '');
}

function inspectNode(node: Node, parent: Node | undefined, key: string, texts: ConstantTexts, report: Report): void {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      inspectSource(node, report);
      break;
    case 'Identifier':
      if (node.name === 'sql' && parent !== undefined) inspectName(node, parent, key, texts, report);
      break;
    case 'TaggedTemplateExpression':
      if (isSqlTemplate(node)) inspectSqlTemplate(node, report);
      break;
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      inspectMember(node, texts, report);
      break;
    case 'CallExpression':
    case 'OptionalCallExpression':
      inspectCall(node, texts, report);
      break;
    case 'StringLiteral':
      if (node.value.startsWith('drizzle:')) report('syntax', node, 'Features have no use for the insides of Drizzle.');
      break;
    default:
      inspectPattern(node, texts, report);
  }
}

/** Drizzle is imported by name, so that what is made of it is found, and is not passed on. */
function inspectSource(
  node: Node & { type: 'ImportDeclaration' | 'ExportNamedDeclaration' | 'ExportAllDeclaration' },
  report: Report,
): void {
  if (!/^drizzle-orm(\/|$)/.test(node.source?.value ?? '')) return;
  if (node.type !== 'ImportDeclaration') {
    const isType = node.exportKind === 'type';
    if (!isType) report('imports', node, 'Drizzle is not passed on to other files. Import it where it is used.');
    return;
  }
  if (node.importKind === 'type') return;
  for (const specifier of node.specifiers) {
    if (specifier.type !== 'ImportSpecifier') report('imports', specifier, 'Import what you need of Drizzle by name.');
  }
}

/** `sql` as a value could be given to anything, under any name. */
function inspectName(node: Node, parent: Node, key: string, texts: ConstantTexts, report: Report): void {
  const type: string = parent.type;
  if (type === 'TaggedTemplateExpression' && key === 'tag') return;
  if (/^(ImportSpecifier|TSTypeQuery)$/.test(type)) return;
  // Drizzle hands it to functions as `{ sql }`, and parameters of that name are used as it is.
  if (type === 'ObjectProperty' && 'shorthand' in parent && parent.shorthand === true) return;
  if (parent.type === 'MemberExpression' || parent.type === 'OptionalMemberExpression') {
    if (key === 'property' && !parent.computed) return;
    const used = key === 'object' ? memberName(parent, texts) : undefined;
    if (used !== undefined && offered.test(used)) return;
    if (used === 'raw') {
      report('syntax', parent, '"raw" may not be used: SQL is not put together from text. Use sql`…` with values.');
      return;
    }
  }
  report('syntax', node, templatesOnly);
}

function inspectMember(
  node: Node & { type: 'MemberExpression' | 'OptionalMemberExpression' },
  texts: ConstantTexts,
  report: Report,
): void {
  const name = memberName(node, texts);
  const { object } = node;
  if (name === 'raw' && !(object.type === 'Identifier' && /^(String|sql)$/.test(object.name))) {
    report('syntax', node, '"raw" may not be used: SQL is not put together from text. Use sql`…` with values.');
  } else if (name === 'sql') {
    report('syntax', node, 'Import "sql" of "drizzle-orm" by its name, and use it as in sql`…`.');
  } else if (name === 'execute') {
    report('syntax', node, `"execute" may not be used. ${buildersOnly}`);
  } else if (name !== undefined && /^(queryChunks|inlineParams|shouldInlineParams|prepareQuery)$/.test(name)) {
    report('syntax', node, `"${name}" may not be used: it changes SQL that is already written.`);
  } else if (name !== undefined && insides.test(name) && mayBeOfDrizzle(object)) {
    report('syntax', node, `"${name}" may not be used here. ${buildersOnly}`);
  } else if (name === 'query' && object.type === 'Identifier' && isDatabase(object.name)) {
    report('syntax', node, `"${object.name}.query" may not be used. ${buildersOnly}`);
  }
}

function inspectCall(
  node: Node & { type: 'CallExpression' | 'OptionalCallExpression' },
  texts: ConstantTexts,
  report: Report,
): void {
  const { callee, arguments: args } = node;
  if (callee.type !== 'MemberExpression' && callee.type !== 'OptionalMemberExpression') return;
  const method = memberName(callee, texts);
  const [first, second] = args;
  if (method === 'join' && callee.object.type === 'Identifier' && callee.object.name === 'sql') {
    const separator = isSqlTemplate(second) ? second.quasi.quasis.map(({ value }) => value.raw).join('') : '';
    if (!/[^\w$]/.test(separator))
      report('syntax', node, 'Give "sql.join" a separator, as in sql.join(parts, sql`, `).');
  } else if (method === 'append' && (isSqlTemplate(first) || isSqlTemplate(callee.object))) {
    report('syntax', node, '"append" may not be used on SQL. Write it as one sql`…`.');
  } else if (method === 'get' && texts.textOf(second as Node | undefined) === 'raw') {
    report('syntax', node, '"raw" may not be used: SQL is not put together from text.');
  }
}

/** `const { raw } = …`, `({ sql: s }) => …`, `const { execute } = db`. */
function inspectPattern(node: Node, texts: ConstantTexts, report: Report): void {
  const type: string = node.type;
  if (type !== 'ObjectPattern') return;
  for (const { child } of childrenOf(node)) {
    if (child.type !== 'ObjectProperty') continue;
    const key = child.key as Node;
    const name = key.type === 'Identifier' && !child.computed ? key.name : texts.textOf(key);
    const isSame = child.value.type === 'Identifier' && child.value.name === 'sql';
    if (
      name === 'sql'
        ? !isSame
        : /^(raw|execute|queryChunks|inlineParams|prepareQuery|session|dialect|\$client)$/.test(name ?? '')
    ) {
      report('syntax', child, `"${name}" may not be taken out under another name or on its own. ${templatesOnly}`);
    }
  }
}

function memberName(
  { property, computed }: Node & { type: 'MemberExpression' | 'OptionalMemberExpression' },
  texts: ConstantTexts,
): string | undefined {
  return property.type === 'Identifier' && !computed ? property.name : texts.textOf(property);
}

function isSqlTemplate(node: Node | undefined): node is SqlTemplate {
  return node?.type === 'TaggedTemplateExpression' && node.tag.type === 'Identifier' && node.tag.name === 'sql';
}

/** A database, or what is only known when the program runs: the result of a call, or what is said to be of another type. */
function mayBeOfDrizzle(object: Node): boolean {
  if (object.type === 'Identifier') return isDatabase(object.name);
  return /^(Optional)?CallExpression$|^TS(As|Satisfies|NonNull)Expression$|^TSTypeAssertion$|^AwaitExpression$/.test(
    object.type,
  );
}

function isDatabase(name: string): boolean {
  return /^(db|database|tx|trx|transaction)$/.test(name);
}
