// What compile-templates.mjs can tell of a template without a blueprint: imports, exports and declarations of files that are the same in
// every application, and where in the others imports and exports stand.

import { parse } from '@babel/parser';

const ofTypeScript = /\.tsx?$/;
/** Files whose declarations others are shown. */
const isBuiltOn = /^src\/|^tests\/\w+\/support\//;
/** How long a constant may be to be shown as it is. */
const shortConstant = 240;

/** The outline of a file that depends on nothing, as src/core/project-outline.ts has it; undefined where it is no TypeScript. */
export function outlineOf(path, code) {
  if (!ofTypeScript.test(path)) return undefined;
  const { program } = parse(code, options(true));
  const imports = [...new Set(specifiersOf(program).flatMap((specifier) => resolve(path, specifier) ?? []))];
  const exports = exportsOf(path, program);
  return { exports, imports, ...(isBuiltOn.test(path) ? { declarations: declarationsOf(path, code, program) } : {}) };
}

/** The declarations of a template that hold for every blueprint; undefined where it is no TypeScript or has none. */
export function declarationsOfTemplate(path, text) {
  if (!ofTypeScript.test(path) || !isBuiltOn.test(path)) return undefined;
  const hole = '$_hole';
  const statements = /^[ \t]*<%(?![=~])(?:(?!%>)[\s\S])*%>[ \t]*\n|<%(?![=~])(?:(?!%>)[\s\S])*%>/gm;
  const code = text.replace(statements, '/*$_case*/').replace(/<%[=~](?:(?!%>)[\s\S])*%>/g, hole);
  try {
    const { program } = parse(code, options(true, { errorRecovery: true }));
    const found = declarationsOf(path, code, program).filter(({ text: shown }) => !/\$_(hole|case)/.test(shown));
    // One that is there twice is there once in each of two cases.
    const once = found.filter(({ name }) => found.filter((other) => other.name === name).length === 1);
    return once.length === 0 ? undefined : once;
  } catch {
    return undefined;
  }
}

const tag = '<%[=~](?:(?!%>)[\\s\\S])*%>';
const importing = new RegExp(`\\b(?:from|import)\\s*\\(?\\s*'((?:${tag}|[^'\\n<])+)'`, 'g');
const exporting = new RegExp(
  `^export (default|(?:async )?function|const|let|class|interface|type) ?((?:${tag}|[\\w$])*)`,
  'gm',
);
const wrapped = /<%[=~] ?it\.wrap\(\d+, 'import (?:type )?\{ ',(?:(?!%>)[\s\S])*(["`]) \} from '([^"`]*)';\1\s*\) ?%>/g;
const wrappedExport =
  /<%[=~] ?it\.wrap\(0, (['"`])export ((?:async )?function|const|interface|type) ((?:\$\{[^}]*\}|[\w$])+)/g;
const kinds = { function: 'function', 'async function': 'function', interface: 'type', type: 'type' };

/** The text of a template with a call of `notes` before each import and export, in whatever branch or loop it stands. */
export function annotate(path, text) {
  if (!ofTypeScript.test(path)) return text;
  const calls = [];
  const add = (at, call) => calls.push({ at, text: `<% notes.${call}; %>` });
  const tags = [...text.matchAll(/<%(?:(?!%>)[\s\S])*%>/g)].map(({ 0: { length }, index }) => [index, index + length]);
  const isCode = (at) => !tags.some(([start, end]) => at >= start && at < end);
  for (const { 1: specifier, index } of text.matchAll(importing)) {
    if (isCode(index)) add(index, `imports(${expressionOf(specifier)})`);
  }
  for (const { 1: quote, 2: specifier, index } of text.matchAll(wrapped))
    add(index, `imports(${quote}${specifier}${quote})`);
  for (const { 1: keyword, 2: name, index } of text.matchAll(exporting)) {
    if (!isCode(index)) continue;
    if (keyword !== 'default' && name === '') throw new Error('An export is not understood.');
    add(index, `exports('${kinds[keyword] ?? 'value'}', ${keyword === 'default' ? "'default'" : expressionOf(name)})`);
  }
  for (const { 1: quote, 2: keyword, 3: name, index } of text.matchAll(wrappedExport)) {
    add(index, `exports('${kinds[keyword] ?? 'value'}', ${quote}${name}${quote})`);
  }
  const understood = new Set([...text.matchAll(exporting)].map(({ index }) => index));
  for (const { index, 0: line } of text.matchAll(/^export .*$/gm)) {
    if (isCode(index) && !understood.has(index)) throw new Error(`An export is not understood: ${line}`);
  }
  return calls
    .sort((a, b) => b.at - a.at)
    .reduce((whole, call) => whole.slice(0, call.at) + call.text + whole.slice(call.at), text);
}

/** `post-<%= file %>` → `${file}` within a template literal. */
function expressionOf(text) {
  const parts = text.split(new RegExp(`(${tag})`)).filter((part) => part !== '');
  if (parts.every((part) => !part.startsWith('<%'))) return JSON.stringify(text);
  return `\`${parts.map((part) => (part.startsWith('<%') ? `\${${part.slice(3, -2).trim()}}` : part)).join('')}\``;
}

function options(attachComment, more = {}) {
  return { sourceType: 'module', plugins: ['typescript', 'jsx'], attachComment, ...more };
}

/** The path that a relative specifier of a file means. */
function resolve(from, specifier) {
  return specifier.startsWith('.') ? new URL(specifier, `file:///${from}`).pathname.slice(1) : undefined;
}

/** Everything below a node, itself included. */
function* nodesOf(node) {
  yield node;
  for (const [key, value] of Object.entries(node)) {
    if (/^(loc|extra|(leading|trailing|inner)Comments)$/.test(key)) continue;
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child !== null && typeof child === 'object' && typeof child.type === 'string') yield* nodesOf(child);
    }
  }
}

function specifiersOf(program) {
  return [...nodesOf(program)].flatMap((node) => {
    if (/^(Import|Export(Named|All))Declaration$/.test(node.type)) return node.source ? [node.source.value] : [];
    if (node.type === 'ImportExpression') return node.source.type === 'StringLiteral' ? [node.source.value] : [];
    return [];
  });
}

function exportsOf(path, program) {
  return program.body.flatMap((statement) => {
    if (statement.type === 'ExportDefaultDeclaration') return [{ name: 'default', kind: 'value' }];
    if (
      statement.type === 'ExportAllDeclaration' ||
      (statement.type === 'ExportNamedDeclaration' && !statement.declaration)
    ) {
      throw new Error(`${path} passes exports on, or exports by a list: export where something is declared.`);
    }
    if (statement.type !== 'ExportNamedDeclaration') return [];
    return namesOf(statement.declaration).map((name) => ({ name, kind: kindOf(statement.declaration) }));
  });
}

function kindOf({ type }) {
  if (/^TS(Interface|TypeAlias)Declaration$/.test(type)) return 'type';
  return /^(Function|TSDeclareFunction)/.test(type) ? 'function' : 'value';
}

function namesOf(node) {
  if (node.type !== 'VariableDeclaration') return node.id ? [node.id.name] : [];
  return node.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []));
}

/** What a file declares, as others see it: functions and classes without their bodies, long constants without their values. */
function declarationsOf(path, code, program) {
  const imported = importedNames(path, program);
  const own = new Set(program.body.flatMap((statement) => namesOf(statement.declaration ?? statement)));
  return program.body.flatMap((statement) => {
    const isExported = statement.type === 'ExportNamedDeclaration';
    const node = isExported ? statement.declaration : statement;
    const shown = shownOf(node, isExported, code);
    const [name] = namesOf(node);
    if (shown === undefined || name === undefined) return [];
    const comment = (statement.leadingComments ?? []).findLast(
      ({ type, value }) => type === 'CommentBlock' && value.startsWith('*'),
    );
    const head = comment === undefined ? '' : `${code.slice(comment.start, comment.end)}\n`;
    const needs = [...new Set(shown.spoken.flatMap((part) => [...typeNames(part)]))].flatMap((needed) => {
      if (needed === name) return [];
      if (imported.has(needed)) return [{ name: imported.get(needed).name, from: imported.get(needed).from }];
      return own.has(needed) ? [{ name: needed }] : [];
    });
    return [{ name, isExported, text: `${head}${isExported ? 'export ' : ''}${shown.text}`, needs }];
  });
}

/** What files of the project a file imports, by the names it gives them. */
function importedNames(path, program) {
  return new Map(
    program.body.flatMap((statement) => {
      if (statement.type !== 'ImportDeclaration') return [];
      const from = resolve(path, statement.source.value);
      if (from === undefined) return [];
      return statement.specifiers.flatMap(({ local, imported }) =>
        imported === undefined ? [] : [[local.name, { name: imported.name, from }]],
      );
    }),
  );
}

/** How a declaration is shown, and the parts of it that speak of types; undefined for what others need not see. */
function shownOf(node, isExported, code) {
  const text = (start, end) => code.slice(start, end);
  switch (node.type) {
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
      return { text: text(node.start, node.end), spoken: [node] };
    case 'FunctionDeclaration': {
      if (!isExported) return undefined;
      const shown = `${text(node.start, node.body.start).trimEnd()};`;
      return { text: shown, spoken: [...node.params, node.returnType, node.typeParameters].filter(Boolean) };
    }
    case 'ClassDeclaration': {
      const members = node.body.body.filter(({ type }) => !/^ClassPrivate/.test(type));
      const lines = members.map((member) => {
        const end = member.type === 'ClassMethod' ? member.body.start : member.end;
        return `  ${text(member.start, end).trimEnd().replace(/;?$/, ';')}`;
      });
      const spoken = members.flatMap((member) =>
        member.type === 'ClassMethod' ? [...member.params, member.returnType] : [member.typeAnnotation],
      );
      const shown = `${text(node.start, node.body.start)}{\n${lines.join('\n')}\n}`;
      return { text: shown, spoken: [node.superClass, node.superTypeParameters, ...spoken].filter(Boolean) };
    }
    case 'VariableDeclaration':
      return shownConstant(node, isExported, text(node.start, node.end), text);
    default:
      return undefined;
  }
}

function shownConstant(node, isExported, whole, text) {
  const [first] = node.declarations;
  const spoken = node.declarations.map(({ id }) => id.typeAnnotation).filter(Boolean);
  if (whole.length <= shortConstant && (isExported || whole.includes('as const'))) {
    return { text: whole, spoken: [...spoken, ...node.declarations.map(({ init }) => init).filter(Boolean)] };
  }
  const keys = keysOf(first.init);
  if (keys === undefined && !isExported) return undefined;
  const name = text(first.id.start, first.id.end);
  const shown =
    keys === undefined ? `const ${name}: …;` : `const ${name} = { ${keys.map((key) => `${key}: …`).join(', ')} };`;
  return { text: shown, spoken };
}

/** The keys of a constant object, whose values are too long to show. */
function keysOf(init) {
  if (init?.type !== 'TSAsExpression' || init.expression.type !== 'ObjectExpression') return undefined;
  return init.expression.properties.flatMap(({ type, key }) =>
    type === 'ObjectProperty' && key.type === 'Identifier' ? [key.name] : [],
  );
}

/** The names that types are called by within a node, and those of values that types are made of: `typeof paths`. */
function* typeNames(node) {
  for (const { type, typeName, exprName, expression } of nodesOf(node)) {
    const name = {
      TSTypeReference: typeName,
      TSTypeQuery: exprName,
      TSInterfaceHeritage: expression,
      TSExpressionWithTypeArguments: expression,
    }[type];
    if (name?.type === 'Identifier') yield name.name;
  }
  if (node.type === 'Identifier' && node.typeAnnotation === undefined) yield node.name;
}
