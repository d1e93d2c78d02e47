import { nodesOf, type Parsed, parseSource, type Statement } from '../inspection/syntax.ts';

type Import = Extract<Statement, { type: 'ImportDeclaration' }>;

/**
 * The text of a module without the names that it imports and does not use: for a compiler and a linter they are faults, and a model would have to write the whole
 * file again. Nothing else is changed, and nothing in a file that cannot be read.
 */
export function withoutUnusedImports(path: string, content: string): string {
  if (!/\.tsx?$/.test(path)) return content;
  const parsed = parseSource(path, content);
  if ('faults' in parsed) return content;
  const used = usedNames(parsed);
  return importsOf(parsed)
    .filter((statement) => !hasComment(statement, parsed))
    .reverse()
    .reduce((text, statement) => withoutUnused(text, statement, used), content);
}

function importsOf({ program }: Parsed): Import[] {
  return program.body.filter((statement) => statement.type === 'ImportDeclaration');
}

/** Every name that stands anywhere but in an import. One that is only a property counts too: better a name too many than one too few. */
function usedNames({ program }: Parsed): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of program.body) {
    if (statement.type === 'ImportDeclaration') continue;
    for (const node of nodesOf(statement)) {
      const { type, name }: { type: string; name?: unknown } = node;
      if (/^(JSX)?Identifier$/.test(type) && typeof name === 'string') names.add(name);
    }
  }
  return names;
}

/** What somebody says within an import is about what it imports. */
function hasComment(statement: Import, { comments }: Parsed): boolean {
  const [start, end] = placeOf(statement);
  return comments.some((comment) => placeOf(comment)[0] >= start && placeOf(comment)[1] <= end);
}

function withoutUnused(text: string, statement: Import, used: ReadonlySet<string>): string {
  const kept = statement.specifiers.filter(({ local }) => used.has(local.name));
  if (kept.length === statement.specifiers.length) return text;
  const [start, end] = placeOf(statement);
  if (kept.length === 0) return text.slice(0, start) + text.slice(end).replace(/^[ \t]*\n/, '');
  const shown = (specifier: Import['specifiers'][number]): string => text.slice(...placeOf(specifier));
  const alone = kept.filter(({ type }) => type !== 'ImportSpecifier').map(shown);
  const named = kept.filter(({ type }) => type === 'ImportSpecifier').map(shown);
  const parts = [...alone, ...(named.length === 0 ? [] : [`{ ${named.join(', ')} }`])];
  const keyword = statement.importKind === 'type' ? 'import type' : 'import';
  const rest = text.slice(placeOf(statement.source)[0], end);
  return `${text.slice(0, start)}${keyword} ${parts.join(', ')} from ${rest}${text.slice(end)}`;
}

/** The parser always says where a node is; its types do not. */
function placeOf({ start, end }: { start?: number | null; end?: number | null }): [start: number, end: number] {
  return [start ?? 0, end ?? 0];
}
