import type { Entity } from '../../../core/blueprint.ts';
import type { SliceFile, SlicePlan, SliceProblem } from '../../../core/slices.ts';
import { constantTexts } from './constant-text.ts';
import type { ProjectContract } from './contract.ts';
import { inspectProvider, inspectTested, slotsByFile } from './entrances.ts';
import { inspectForbidden } from './forbidden-code.ts';
import { extraPackages, inspectImports, type Modules } from './imports.ts';
import { inspectUnknownNames } from './language.ts';
import { type ExportKind, exportsOf } from './module-exports.ts';
import { sideOf } from './module-path.ts';
import { inspectPlaceholders } from './placeholders.ts';
import { inspectPlaces } from './places.ts';
import { type Report, reportInto } from './problem.ts';
import { type Entrance, inspectEntrance, inspectServerCode } from './slot-code.ts';
import { type Parsed, parseSource } from './syntax.ts';
import { inspectTests } from './test-code.ts';

/** A slice as a model wrote it, before it is accepted. */
export interface SliceDraft {
  readonly plan: SlicePlan;
  readonly files: readonly SliceFile[];
  readonly tables: readonly Entity[];
  /** What the application calls of it at its slots. */
  readonly entrances?: readonly Entrance[];
}

/** More than these help nobody: the first explain the rest. */
const maxProblems = 40;

/**
 * Reads a slice without running anything of it, and says everything that is wrong: files out of place or missing, syntax, imports, code that a feature may
 * not have, placeholders, tests that test nothing. `contract` is of the project with the tables of the draft. Never throws, whatever the files hold.
 */
export function inspectSlice(draft: SliceDraft, contract: ProjectContract): readonly SliceProblem[] {
  const { plan, tables } = draft;
  const problems: SliceProblem[] = [];
  const readable = inspectPlaces(plan, draft.files, contract, problems);
  const files = new Map(readable.map((file) => [file.path, file]));
  const isOnServer = [...files.keys()].some((path) => path.startsWith(plan.serverFolder));
  if (tables.length > 0 && !isOnServer) {
    const message = `The feature has tables, but nothing that uses them. Write ${plan.serverFile}, or leave the tables out.`;
    problems.push({ check: 'syntax', path: undefined, line: undefined, message });
  }
  const slots = slotsByFile(draft.entrances ?? [], files);
  for (const file of readable) {
    const report = reportInto(problems, file.path);
    try {
      inspectFile(file, draft, { contract, files, slots }, report);
    } catch (error) {
      // Walking a tree can only fail by running out of stack.
      if (!(error instanceof RangeError)) throw error;
      report('syntax', undefined, 'The file is nested too deeply to be read. Write it flatter.');
    }
  }
  return problems.slice(0, maxProblems);
}

/** The packages of the allow-list that a slice imports, with their versions. */
export function packagesOf({ files }: SliceDraft, contract: ProjectContract): Record<string, string> {
  const names = files.flatMap(({ path, content }) => {
    const parsed = parseSource(path, content);
    return 'faults' in parsed ? [] : extraPackages(parsed, contract);
  });
  const versions = [...new Set(names)].sort().map((name) => [name, contract.allowedPackages[name] ?? ''] as const);
  return Object.fromEntries(versions);
}

function inspectFile(
  { path, content }: SliceFile,
  { plan, entrances = [] }: SliceDraft,
  modules: Modules & { slots: ReadonlyMap<string, ReadonlySet<string>> },
  report: Report,
): void {
  const parsed = parseSource(path, content);
  if ('faults' in parsed) {
    for (const { line, message } of parsed.faults.slice(0, 5)) report('syntax', line, explain(message, content, line));
    return;
  }
  inspectImports(path, parsed, modules, report);
  inspectForbidden(path, parsed, report);
  inspectPlaceholders(parsed, report);
  const side = sideOf(path) ?? 'shared';
  if (side === 'server') {
    const texts = constantTexts(parsed.program);
    const slots = modules.slots.get(path) ?? new Set();
    inspectServerCode(parsed, slots.has('server.start'), texts, report);
    for (const slot of slots) inspectEntrance(slot, parsed, texts, report);
  }
  if (path === plan.serverTestFile) inspectTested(entrances, modules.files, report);
  if (entrances.some(({ slot, file }) => slot === 'client.provider' && file === path)) inspectProvider(parsed, report);
  if (side.endsWith('-test')) inspectTests(path, parsed, report);
  if (path === plan.screenFile) expectExport(parsed, 'Screen', 'a React component without properties', report);
  if (path === plan.serverFile) expectExport(parsed, plan.routesExport, 'a function that makes the routes', report);
  // The most general comes last: the problems above say more of what to do instead.
  inspectUnknownNames(parsed, side, report);
}

function expectExport({ program }: Parsed, name: string, what: string, report: Report): void {
  const kind: ExportKind | undefined = exportsOf(program).names.get(name);
  if (kind !== 'value') report('syntax', undefined, `The file must export "${name}", ${what}.`);
}

/** Says so where a fault of the grammar is a line that stands for code left out. */
function explain(message: string, content: string, line: number | undefined): string {
  const text = line === undefined ? '' : (content.split('\n', line)[line - 1] ?? '');
  return /^\W*(\.{3}|…)\s*(\w+\s*){0,8}\W*$/.test(text) && !/^\s*\.{3}[\w([{]/.test(text)
    ? 'The line stands for code that is missing. Write all of it.'
    : message;
}
