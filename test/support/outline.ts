import type { FileOutline, OutlinedExport, ProjectOutline } from '../../src/core/project-outline.ts';
import { emptyOutline } from '../../src/core/project-outline.ts';
import { resolveSpecifier } from '../../src/core/written-code.ts';
import { nodesOf, parseSource, type Statement } from '../../src/engines/model/inspection/syntax.ts';

/** What files say when they are parsed: the truth that outlines are held against, and the outline of projects that tests make up. */
export function parsedOutline(files: readonly { path: string; content: string }[]): ReadonlyMap<string, FileOutline> {
  return new Map(
    files.filter(({ path }) => /\.tsx?$/.test(path)).map(({ path, content }) => [path, parsedFile(path, content)]),
  );
}

/** The outline of a project of these files. */
export function outlineOfFiles(files: readonly { path: string; content: string }[]): ProjectOutline {
  const manifest: unknown = JSON.parse(files.find(({ path }) => path === 'package.json')?.content ?? '{}');
  return { ...emptyOutline, files: parsedOutline(files), packages: packagesIn(manifest) };
}

/** The packages that a package.json names. */
export function packagesIn(manifest: unknown): string[] {
  if (typeof manifest !== 'object' || manifest === null) return [];
  const { dependencies = {}, devDependencies = {} }: { dependencies?: object; devDependencies?: object } = manifest;
  return [...Object.keys(dependencies), ...Object.keys(devDependencies)];
}

function parsedFile(path: string, content: string): FileOutline {
  const parsed = parseSource(path, content);
  if ('faults' in parsed) throw new Error(`${path}: ${parsed.faults.map(({ message }) => message).join(' ')}`);
  const specifiers = [...nodesOf(parsed.program)].flatMap((node): string[] => {
    if (node.type === 'ImportExpression') return node.source.type === 'StringLiteral' ? [node.source.value] : [];
    return /^(Import|Export(Named|All))Declaration$/.test(node.type) && 'source' in node && node.source
      ? [String((node.source as { value: unknown }).value)]
      : [];
  });
  const own = specifiers.filter((specifier) => specifier.startsWith('.'));
  const imports = [...new Set(own.map((specifier) => resolveSpecifier(path, specifier)))];
  return { exports: parsed.program.body.flatMap(exportsOf), imports };
}

function exportsOf(statement: Statement): OutlinedExport[] {
  if (statement.type === 'ExportDefaultDeclaration') return [{ name: 'default', kind: 'value' }];
  if (statement.type !== 'ExportNamedDeclaration') return [];
  const { declaration } = statement;
  switch (declaration?.type) {
    case 'FunctionDeclaration':
      return [{ name: declaration.id?.name ?? '', kind: 'function' }];
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
      return [{ name: declaration.id.name, kind: 'type' }];
    case 'ClassDeclaration':
      return [{ name: declaration.id?.name ?? '', kind: 'value' }];
    case 'VariableDeclaration':
      return declaration.declarations.flatMap(({ id }) => bound(id)).map((name) => ({ name, kind: 'value' }));
    default:
      return statement.specifiers.flatMap(({ exported }) =>
        exported.type === 'Identifier' ? [{ name: exported.name, kind: 'value' }] : [],
      );
  }
}

/** The names that a pattern binds: `a` and `c` of `{ a, b: [c] }`. */
function bound(pattern: unknown): string[] {
  if (typeof pattern !== 'object' || pattern === null || !('type' in pattern)) return [];
  if (pattern.type === 'Identifier' && 'name' in pattern) return [String(pattern.name)];
  return Object.entries(pattern).flatMap(([key, value]): string[] =>
    key === 'properties' || key === 'elements' || key === 'value' ? [value].flat().flatMap(bound) : [],
  );
}
