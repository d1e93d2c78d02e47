import { assertSafePath } from '../../../core/safe-path.ts';
import { isPlaceOf, isRegistration } from '../../../core/slice-places.ts';
import type { SliceFile, SlicePlan, SliceProblem } from '../../../core/slices.ts';
import type { ProjectContract } from './contract.ts';

/** The most a file and a slice may have, in characters: several times what a screen or its tests take. */
const maxFileLength = 100_000;
const maxSliceLength = 400_000;
const maxFiles = 24;
/** Names that every file system and every tool takes for the same. */
const plainName = /^[\w./-]+$/;
/** Characters that nobody sees, and ends of lines that few editors show. The joiners and selectors of emoji and of some languages may stay. */
const invisible = /(?!\u200c|\u200d|[\ufe00-\ufe0f])\p{Default_Ignorable_Code_Point}|[\u2028\u2029]/u;

/** Checks that the files of a slice are in its places, all of them, and of a sensible size. Returns those that can be read further. */
export function inspectPlaces(
  plan: SlicePlan,
  files: readonly SliceFile[],
  contract: ProjectContract,
  problems: SliceProblem[],
): readonly SliceFile[] {
  const add = (path: string | undefined, message: string): void => {
    problems.push({ check: 'syntax', path, line: undefined, message });
  };
  if (files.length > maxFiles) add(undefined, `The feature has ${files.length} files. Write at most ${maxFiles}.`);
  const length = files.reduce((sum, { content }) => sum + content.length, 0);
  if (length > maxSliceLength) add(undefined, `The feature has ${length} characters. Write at most ${maxSliceLength}.`);

  const seen = new Set<string>();
  const all = [...contract.paths, ...files.map(({ path }) => path)];
  const folders = new Set(all.flatMap(foldersOf));
  const readable = files.slice(0, maxFiles).filter(({ path, content }) => {
    const misplaced = misplacement(path, plan, contract);
    if (misplaced !== undefined) add(undefined, misplaced);
    if (misplaced !== undefined) return false;
    const fault = placeFault(path, seen, folders) ?? contentFault(content);
    seen.add(path.toLowerCase());
    if (fault !== undefined) add(path, fault);
    return fault === undefined;
  });

  for (const { path, reason } of missingFiles(plan, new Set(files.map((file) => file.path)))) {
    add(path, `The file is missing: ${reason}.`);
  }
  return readable;
}

/** Why a file cannot stand beside the others: on macOS and Windows names that differ in their case are the same. */
function placeFault(path: string, seen: ReadonlySet<string>, folders: ReadonlySet<string>): string | undefined {
  if (seen.has(path.toLowerCase())) return 'The file is written twice. Write it once.';
  return folders.has(path.toLowerCase()) ? 'There is a folder of this name. Rename the file.' : undefined;
}

/** The folders a file is in, all the way up, in lower case. */
function foldersOf(path: string): string[] {
  const segments = path.toLowerCase().split('/');
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join('/'));
}

/** Why a file may not be where it is. The path is quoted: it may be anything. */
function misplacement(path: string, plan: SlicePlan, contract: ProjectContract): string | undefined {
  const shown = JSON.stringify(path.length > 80 ? `${path.slice(0, 80)}…` : path);
  try {
    assertSafePath(path);
  } catch {
    return `${shown} is not a path within the project.`;
  }
  if (!plainName.test(path)) return `${shown} has other signs than letters from a to z, digits, ".", "-" and "_".`;
  if (isPlaceOf(plan, path)) return undefined;
  const { serverFile, sharedFile, screenFile, serverTestFile, clientTestFile, serverFolder, clientFolder } = plan;
  if (isRegistration(plan, path)) return `${shown} is generated of what the feature declares. Leave it out.`;
  if (path.startsWith(clientFolder)) return `${shown} is not a module: files below ${clientFolder} end in .ts or .tsx.`;
  if (path.startsWith(serverFolder)) return `${shown} is not a module: files below ${serverFolder} end in .ts.`;
  if (contract.paths.has(path)) return `${shown} belongs to the project and cannot be changed.`;
  return `${shown} is not one of the places of this feature: ${serverFile}, ${sharedFile}, ${screenFile}, files below ${serverFolder} and ${clientFolder}, ${serverTestFile}, ${clientTestFile}.`;
}

function contentFault(content: string): string | undefined {
  if (content.trim() === '') return 'The file is empty.';
  if (content.length > maxFileLength) {
    return `The file has ${content.length} characters. Write at most ${maxFileLength}: split it.`;
  }
  // A tab, a line feed and a carriage return are the control characters that sources have.
  if (/[^\P{Cc}\t\n\r]/u.test(content)) return 'The file has control characters. Write plain text.';
  if (/[\u202a-\u202e\u2066-\u2069]/.test(content)) {
    return 'The file has characters that turn the direction of text around, which hides what it says. Leave them out.';
  }
  if (invisible.test(content)) return 'The file has characters that nobody sees. Leave them out.';
  if (/[ \t]{200}\S/.test(content)) return 'The file has code far to the right, where nobody sees it. Format it.';
  if (/\p{Cs}/u.test(content)) return 'The file is not valid Unicode text.';
  return undefined;
}

/** The files that a slice of these files has to have besides, and why. */
export function missingFiles(plan: SlicePlan, paths: ReadonlySet<string>): { path: string; reason: string }[] {
  const required = [
    { path: plan.screenFile, reason: 'it exports the page, Screen' },
    { path: plan.clientTestFile, reason: 'it tests the page' },
    ...(paths.has(plan.serverFile) ? [{ path: plan.serverTestFile, reason: 'it tests the routes' }] : []),
    ...(paths.has(plan.serverTestFile) && !hasFurtherFiles(plan, paths)
      ? [{ path: plan.serverFile, reason: 'its test is there, but not its routes' }]
      : []),
    ...(hasFurtherFiles(plan, paths)
      ? [{ path: plan.serverTestFile, reason: 'it tests what runs on the server' }]
      : []),
  ];
  const seen = new Set<string>();
  return required.filter(({ path }) => !paths.has(path) && !seen.has(path) && seen.add(path));
}

/** Whether anything runs on the server beside routes. */
function hasFurtherFiles({ serverFile, serverFolder }: SlicePlan, paths: ReadonlySet<string>): boolean {
  return [...paths].some((path) => path.startsWith(serverFolder) && path !== serverFile);
}
