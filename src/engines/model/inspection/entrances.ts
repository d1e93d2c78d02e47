import type { SliceFile } from '../../../core/slices.ts';
import { outlineWritten } from '../../../core/written-code.ts';
import type { Report } from './problem.ts';
import type { Entrance } from './slot-code.ts';
import { childrenOf, type Node, nodesOf, type Parsed } from './syntax.ts';

/** The slots at which files of a slice run: those whose functions are called, and those that they import. */
export function slotsByFile(
  entrances: readonly Entrance[],
  files: ReadonlyMap<string, SliceFile>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { slot, file } of entrances) {
    for (const path of reachedBy(file, files)) found.set(path, (found.get(path) ?? new Set()).add(slot));
  }
  return found;
}

/** A server that starts is started by no test of the application, so one of the feature's own has to call what runs then. */
export function inspectTested(
  entrances: readonly Entrance[],
  files: ReadonlyMap<string, SliceFile>,
  report: Report,
): void {
  const tests = [...files.values()].filter(({ path }) => path.startsWith('tests/server/'));
  const imported = new Set(tests.flatMap(({ path, content }) => outlineWritten(path, content)?.imports ?? []));
  for (const { slot, file, export: name } of entrances) {
    if (slot !== 'server.start' || imported.has(file)) continue;
    report('tests', undefined, `Import "${name}" of ${file}, call it and end what it began: no other test does.`);
  }
}

/** What is put around all screens shows them. */
export function inspectProvider({ program }: Parsed, report: Report): void {
  const shows = [...nodesOf(program)].some((node) => {
    const type: string = node.type;
    const isShown = /^(JSXExpressionContainer|ReturnStatement|ArrowFunctionExpression|ConditionalExpression)$/.test(
      type,
    );
    return isShown && [...childrenOf(node)].some(({ key, child }) => key !== 'params' && isChildren(child));
  });
  if (!shows)
    report('syntax', undefined, 'A provider shows its "children": without them the application has no screens.');
}

function isChildren(node: Node): boolean {
  return node.type === 'Identifier' && node.name === 'children';
}

function reachedBy(file: string, files: ReadonlyMap<string, SliceFile>): ReadonlySet<string> {
  const reached = new Set<string>();
  const pending = [file];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const content = files.get(path)?.content;
    if (content === undefined || reached.has(path)) continue;
    reached.add(path);
    pending.push(...(outlineWritten(path, content)?.imports ?? []));
  }
  return reached;
}
