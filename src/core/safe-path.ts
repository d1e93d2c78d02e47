import { TakossError } from './errors.ts';

/** Folders that belong to other tools: a file in them could change what runs on the user's machine. */
const forbiddenSegments = new Set(['.git', '.hg', '.svn', '.vscode', '.idea', 'node_modules']);
/** Windows takes superscript digits for digits, and finds the device whatever ending follows. */
const windowsDevice = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)/i;
/** What separates or controls, and what nobody sees: two names that look alike would be two files. */
const forbiddenCharacter = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}<>:"|?*\\]/u;

/** The longest path and segment that every supported file system takes below a folder of ordinary depth. */
const maxPathLength = 200;
const maxSegmentLength = 120;
/** The longest name that Linux stores, in bytes of UTF-8. */
const maxSegmentBytes = 255;
const utf8 = new TextEncoder();

/**
 * Checks a path that a generation wants to write, wherever it comes from, and returns it. A path is POSIX, relative, stays below the
 * project's folder, means the same on Linux, macOS and Windows, and reaches into no folder that belongs to another tool.
 * Throws `unsafe-path`.
 */
export function assertSafePath(path: string): string {
  const reason = unsafeReason(path);
  if (reason === undefined) return path;
  const shown = JSON.stringify(path.length > 80 ? `${path.slice(0, 80)}…` : path);
  throw new TakossError(
    'unsafe-path',
    `The generation tried to write ${shown}, which ${reason}. Nothing was written. Run it again; if it happens again, report it.`,
  );
}

function unsafeReason(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (path.length > maxPathLength) return `is longer than ${maxPathLength} characters`;
  if (path.startsWith('/') || /^[a-z]:/i.test(path)) return 'is absolute';
  if (forbiddenCharacter.test(path)) return 'has characters that are not allowed in file names';
  // macOS and Linux disagree on whether a letter with its accent apart is the same name.
  if (path.normalize('NFC') !== path) return 'is written with accents apart from their letters';
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.' || segment === '..') return 'leaves the project folder';
    if (segment.length > maxSegmentLength) return `has a name longer than ${maxSegmentLength} characters`;
    if (utf8.encode(segment).length > maxSegmentBytes) return `has a name longer than ${maxSegmentBytes} bytes`;
    if (/[. ]$/.test(segment) || segment.startsWith(' ')) return 'has a name that Windows cannot store';
    if (windowsDevice.test(segment)) return 'uses a device name of Windows';
    if (forbiddenSegments.has(segment.toLowerCase())) return `reaches into ${segment}`;
  }
  return undefined;
}
