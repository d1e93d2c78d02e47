import { type Program, parseSource, type Statement } from './syntax.ts';

/** What a module offers under a name. A class or an enum is a value that is a type too. */
export type ExportKind = 'value' | 'type';

/** What a module says it exports, before what it passes on from others is looked up. */
export interface ModuleExports {
  readonly names: ReadonlyMap<string, ExportKind>;
  /** `export { imported as exported } from 'from'`; both are undefined for `export *`. */
  readonly passedOn: readonly {
    readonly from: string;
    readonly imported: string | undefined;
    readonly exported: string | undefined;
  }[];
}

/** The exports of a module that a model wrote. One that cannot be read exports nothing. */
export function readExports(path: string, content: string): ModuleExports {
  const parsed = parseSource(path, content);
  return 'faults' in parsed ? { names: new Map(), passedOn: [] } : exportsOf(parsed.program);
}

export function exportsOf(program: Program): ModuleExports {
  const names = new Map<string, ExportKind>();
  const passedOn: ModuleExports['passedOn'][number][] = [];
  const local = localKinds(program);
  for (const statement of program.body) {
    if (statement.type === 'ExportDefaultDeclaration') names.set('default', 'value');
    if (statement.type === 'ExportAllDeclaration') {
      passedOn.push({ from: statement.source.value, imported: undefined, exported: undefined });
    }
    if (statement.type !== 'ExportNamedDeclaration') continue;
    if (statement.declaration) for (const [name, kind] of declared(statement.declaration)) names.set(name, kind);
    for (const specifier of statement.specifiers) {
      const exported = nameOf(specifier.exported);
      const isType = statement.exportKind === 'type' || ('exportKind' in specifier && specifier.exportKind === 'type');
      if (specifier.type !== 'ExportSpecifier') names.set(exported, 'value');
      else if (statement.source === null || statement.source === undefined) {
        names.set(exported, isType ? 'type' : (local.get(nameOf(specifier.local)) ?? 'value'));
      } else if (isType) names.set(exported, 'type');
      else passedOn.push({ from: statement.source.value, imported: nameOf(specifier.local), exported });
    }
  }
  return { names, passedOn };
}

/** What the top level of a module declares. */
function localKinds(program: Program): Map<string, ExportKind> {
  const kinds = new Map<string, ExportKind>();
  for (const statement of program.body) {
    const isExport = statement.type === 'ExportNamedDeclaration';
    const declaration = isExport ? statement.declaration : statement;
    if (declaration) for (const [name, kind] of declared(declaration)) kinds.set(name, kind);
    if (statement.type !== 'ImportDeclaration') continue;
    for (const specifier of statement.specifiers) {
      const isType = statement.importKind === 'type' || ('importKind' in specifier && specifier.importKind === 'type');
      kinds.set(specifier.local.name, isType ? 'type' : 'value');
    }
  }
  return kinds;
}

/** The names that a declaration declares. */
function declared(declaration: Statement): [string, ExportKind][] {
  switch (declaration.type) {
    case 'VariableDeclaration':
      return declaration.declarations.flatMap(({ id }) => bindingNames(id)).map((name) => [name, 'value']);
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
    case 'ClassDeclaration':
    case 'TSEnumDeclaration':
      return declaration.id?.type === 'Identifier' ? [[declaration.id.name, 'value']] : [];
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
      return [[declaration.id.name, 'type']];
    default:
      return [];
  }
}

/** The names that a pattern binds: `a` and `c` of `{ a, b: [c] }`. */
export function bindingNames(pattern: unknown): string[] {
  if (typeof pattern !== 'object' || pattern === null || !('type' in pattern)) return [];
  const of = (key: string): unknown => (key in pattern ? (pattern as Record<string, unknown>)[key] : undefined);
  const all = (value: unknown): string[] => (Array.isArray(value) ? value.flatMap(bindingNames) : []);
  switch (pattern.type) {
    case 'Identifier':
      return [String(of('name'))];
    case 'ObjectPattern':
      return all(of('properties'));
    case 'ObjectProperty':
      return bindingNames(of('value'));
    case 'ArrayPattern':
      return all(of('elements'));
    case 'AssignmentPattern':
      return bindingNames(of('left'));
    case 'RestElement':
      return bindingNames(of('argument'));
    case 'TSParameterProperty':
      return bindingNames(of('parameter'));
    default:
      return [];
  }
}

/** Names in imports and exports are identifiers or, rarely, strings. */
export function nameOf(name: { type: 'Identifier'; name: string } | { type: 'StringLiteral'; value: string }): string {
  return name.type === 'Identifier' ? name.name : name.value;
}
