import type { SliceFile } from '../../../core/slices.ts';
import type { ProjectContract } from './contract.ts';
import { type ExportKind, nameOf, readExports } from './module-exports.ts';
import { packageOf, relativeTo, resolveFrom, type Side, sideOf } from './module-path.ts';
import { importableNames, importableOf, isBuiltin, isImportable, isPackageSpecifier } from './packages.ts';
import type { Report } from './problem.ts';
import type { Node, Parsed } from './syntax.ts';

/** What a file takes from another module. */
interface ImportedName {
  readonly name: string;
  /** What it is called in the file, or passed on as. */
  readonly local: string;
  /** Imported as a type only. */
  readonly isType: boolean;
  readonly node: Node;
}

interface ImportStatement {
  readonly node: Node;
  readonly from: string;
  readonly names: readonly ImportedName[];
}

/** Modules of the project that open a database, listen or draw as soon as they are loaded. */
const programs = /^src\/(client\/main\.tsx|server\/index\.ts|server\/db\/run-[\w-]+\.ts)$/;

/** Modules that have the whole database, or hand it out. Their types may be imported. */
const wholeDatabase =
  /^src\/server\/(app|db\/(client|guarded-database|guarded-client|guarded-statement|seed|picture-sites|seeds\/[\w-]+))\.ts$/;

/** The modules of the project and of the slice. */
export interface Modules {
  readonly contract: ProjectContract;
  readonly files: ReadonlyMap<string, SliceFile>;
}

/** Checks what a file imports: allowed packages, modules that are there, names that they export. */
export function inspectImports(path: string, { program }: Parsed, modules: Modules, report: Report): void {
  const side = sideOf(path);
  if (side === undefined) return;
  for (const statement of importsOf(program)) {
    inspectForm(statement, report);
    if (/^\.\.?(\/|$)/.test(statement.from)) inspectModule(path, side, statement, modules, report);
    else {
      inspectPackage(side, statement, modules.contract, report);
      inspectNames(statement, report);
    }
  }
}

/** Names that are looked for where they are called, so that they may not be called otherwise. */
const watched = /^(createElement|cloneElement|sql|Link|NavLink|Navigate|useNavigate|OutsideLink)$/;

/** `with { type: 'json' }`, `import defer` and `import source` change what is imported. */
function inspectForm({ node }: ImportStatement, report: Report): void {
  const hasAttributes = 'attributes' in node && Array.isArray(node.attributes) && node.attributes.length > 0;
  const hasPhase = 'phase' in node && typeof node.phase === 'string';
  if (hasAttributes || hasPhase) report('imports', node, 'Imports may have no attributes and no phase.');
}

function inspectNames({ node, from, names }: ImportStatement, report: Report): void {
  const offered = importableNames(from);
  for (const { name, local, isType, node: place } of names) {
    if (isType) continue;
    if (watched.test(name) && local !== name) report('imports', place, `Import "${name}" by its own name.`);
    if (offered === undefined || offered.has(name)) continue;
    const asType = /^[A-Z]/.test(name) ? ` If it is a type, import it as one: "type ${shorten(name)}".` : '';
    report(
      'imports',
      place,
      `"${shorten(name)}" of "${from}" may not be imported. It offers ${list(offered)}.${asType}`,
    );
  }
  const isAll = node.type === 'ImportDeclaration' && names.length === 0 && node.specifiers.length > 0;
  const isPassedOn = node.type === 'ExportAllDeclaration' && node.exportKind !== 'type';
  if (offered !== undefined && (isAll || isPassedOn)) {
    report('imports', node, `Import what you need of "${from}" by name.`);
  }
}

function list(names: ReadonlySet<string>): string {
  return [...names].join(', ');
}

/** The packages of the allow-list that a file imports. */
export function extraPackages({ program }: Parsed, contract: ProjectContract): string[] {
  return importsOf(program)
    .filter(({ from }) => isPackageSpecifier(from))
    .map(({ from }) => packageOf(from))
    .filter((name) => !contract.packages.has(name) && Object.hasOwn(contract.allowedPackages, name));
}

function inspectPackage(side: Side, { from, node }: ImportStatement, contract: ProjectContract, report: Report): void {
  const { packages, allowedPackages } = contract;
  if (isBuiltin(from)) {
    report('imports', node, `"${from}" is a module of Node, which features may not import.`);
    return;
  }
  if (!isPackageSpecifier(from)) {
    report('imports', node, `"${shorten(from)}" is not the name of a package.`);
    return;
  }
  if (!packages.has(packageOf(from)) && Object.hasOwn(allowedPackages, packageOf(from))) return;
  if (packages.has(packageOf(from)) && isImportable(from, side)) return;
  const where = { server: 'code of the server', client: 'code of the client', shared: 'code of both sides' };
  const place = side === 'server-test' || side === 'client-test' ? 'this test' : where[side];
  const extra = Object.keys(allowedPackages);
  const list = [importableOf(side, packages), ...extra].filter((name) => name !== '').join(', ');
  report(
    'imports',
    node,
    `${place} may not import "${shorten(from)}". It may import ${list}.`.replace(/^./, (c) => c.toUpperCase()),
  );
}

function inspectModule(path: string, side: Side, statement: ImportStatement, modules: Modules, report: Report): void {
  const { from, node, names } = statement;
  const target = resolveFrom(path, from);
  const exports = target === undefined ? undefined : exportsOfModule(target, modules);
  if (target === undefined || exports === undefined) {
    report('imports', node, `There is no module "${shorten(from)}".${suggestion(path, side, target, modules)}`);
    return;
  }
  const crossing = crossed(side, target);
  if (crossing !== undefined) {
    report('imports', node, `"${from}" is ${crossing}`);
    return;
  }
  if (programs.test(target)) {
    report('imports', node, `"${from}" is a program, which begins to run when it is imported. Leave the import out.`);
    return;
  }
  const isOfTypes = 'importKind' in node && node.importKind === 'type';
  const takesValues = names.length === 0 ? !isOfTypes : names.some(({ isType }) => !isType);
  // Tests make the application of a database in memory.
  const isForTests = side === 'server-test' && target === 'src/server/app.ts';
  if (wholeDatabase.test(target) && takesValues && !isForTests) {
    report('imports', node, `"${from}" has the whole database. Features are given theirs: import its type only.`);
  }
  for (const { name, local, isType, node: place } of names) {
    const kind = exports.get(name);
    if (watched.test(name) && local !== name) report('imports', place, `Import "${name}" by its own name.`);
    if (kind === undefined) {
      const offered = [...exports.keys()].slice(0, 30).join(', ');
      report('imports', place, `"${from}" exports no "${shorten(name)}". It exports ${offered}.`);
    } else if (kind === 'type' && !isType) {
      report('imports', place, `"${name}" of "${from}" is a type. Import it as one: "type ${name}".`);
    }
  }
}

/** What a module exports, what files of the slice pass on from others included. */
function exportsOfModule(
  path: string,
  modules: Modules,
  seen: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, ExportKind> | undefined {
  const own = modules.files.get(path);
  if (own === undefined || !/\.tsx?$/.test(path)) return modules.contract.exportsOf(path);
  const { names, passedOn } = readExports(path, own.content);
  const all = new Map(names);
  for (const { from, imported, exported } of passedOn) {
    const target = resolveFrom(path, from);
    const known = target === undefined || seen.has(target);
    const found = known ? undefined : exportsOfModule(target, modules, new Set([...seen, path]));
    if (exported !== undefined) all.set(exported, found?.get(imported ?? '') ?? 'value');
    else for (const [name, kind] of found ?? []) if (name !== 'default') all.set(name, kind);
  }
  return all;
}

/** Why code of a side may not import a module. */
function crossed(side: Side, target: string): string | undefined {
  const other = sideOf(target);
  const allowed: Readonly<Record<Side, readonly Side[]>> = {
    server: ['server', 'shared'],
    client: ['client', 'shared'],
    shared: ['shared'],
    'server-test': ['server', 'shared', 'server-test'],
    'client-test': ['client', 'shared', 'client-test'],
  };
  if (other !== undefined && allowed[side].includes(other)) return undefined;
  const what = {
    server:
      'code of the server, which this side may not import. Share schemas and types in src/shared, and talk over the API.',
    client: 'code of the client, which this side may not import.',
    shared: 'shared code, which this file may not import.',
    'server-test': 'part of the tests, which only tests of the server may import.',
    'client-test': 'part of the tests, which only tests of the client may import.',
  };
  return other === undefined ? 'outside of src and tests.' : what[other];
}

/** What may have been meant by a module that is not there. */
function suggestion(path: string, side: Side, target: string | undefined, modules: Modules): string {
  if (target === undefined) return '';
  const bare = target.replace(/\.(m?jsx?|tsx?)$/, '');
  for (const candidate of [`${bare}.ts`, `${bare}.tsx`, `${bare}/index.ts`]) {
    if (candidate !== target && exportsOfModule(candidate, modules) !== undefined) {
      return ` Write "${relativeTo(path, candidate)}".`;
    }
  }
  const name = bare.slice(bare.lastIndexOf('/') + 1);
  const isMeant = (known: string): boolean =>
    known !== target && known.replace(/\.tsx?$/, '').endsWith(`/${name}`) && crossed(side, known) === undefined;
  const [elsewhere, another] = [...modules.contract.paths].filter(isMeant);
  return elsewhere !== undefined && another === undefined ? ` Did you mean "${relativeTo(path, elsewhere)}"?` : '';
}

/** Names come from the model: a message quotes no more of them than it takes. */
function shorten(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

/** Everything a file imports or passes on. Imports within expressions and types are not among them: those are refused. */
function importsOf(program: Parsed['program']): ImportStatement[] {
  const found: ImportStatement[] = [];
  for (const node of program.body) {
    if (node.type === 'ImportDeclaration') {
      const names = node.specifiers.flatMap((specifier): ImportedName[] => {
        if (specifier.type === 'ImportNamespaceSpecifier') return [];
        const isDefault = specifier.type === 'ImportDefaultSpecifier';
        const isType = node.importKind === 'type' || (!isDefault && specifier.importKind === 'type');
        return [
          {
            name: isDefault ? 'default' : nameOf(specifier.imported),
            local: specifier.local.name,
            isType,
            node: specifier,
          },
        ];
      });
      found.push({ node, from: node.source.value, names });
    }
    if (node.type === 'ExportAllDeclaration') found.push({ node, from: node.source.value, names: [] });
    if (node.type === 'ExportNamedDeclaration' && node.source) {
      const names = node.specifiers.flatMap((specifier): ImportedName[] => {
        if (specifier.type !== 'ExportSpecifier') return [];
        const isType = node.exportKind === 'type' || specifier.exportKind === 'type';
        return [{ name: nameOf(specifier.local), local: nameOf(specifier.exported), isType, node: specifier }];
      });
      found.push({ node, from: node.source.value, names });
    }
  }
  return found;
}
