import * as vscode from 'vscode';
import { TakossError } from '../../core/errors.ts';
import { maxRequirementsLength } from '../../core/request.ts';
import { folderName } from '../folder-label.ts';

/** A character takes at most four bytes of UTF-8: a larger file is too long whatever it holds, and need not be read. */
const maxFileSize = 4 * maxRequirementsLength;

/** Reads requirements from a text file. Throws `invalid-request` for what is too large or no text. */
export async function readTextFile(uri: vscode.Uri): Promise<string> {
  const name = folderName(uri);
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > maxFileSize) {
    const megabytes = (size / 1_000_000).toLocaleString('en', { maximumFractionDigits: 1 });
    const limit = maxRequirementsLength.toLocaleString('en');
    throw unsuitable(`${name} has ${megabytes} MB; Takoss reads at most ${limit} characters. Choose a shorter file.`);
  }
  return decodeText(await vscode.workspace.fs.readFile(uri), name);
}

/** Decodes UTF-8, or UTF-16 where a byte order mark says so. */
export function decodeText(bytes: Uint8Array, name: string): string {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const encoding = isUtf16 ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Not text: said below.
  }
  throw unsuitable(`${name} is not a text file. Choose a plain text or Markdown file, saved as UTF-8.`);
}

/** What the active editor offers as requirements: the selection, if there is one, and the whole document. */
export function textsOfActiveEditor(): readonly { readonly text: string; readonly origin: string }[] {
  const editor = vscode.window.activeTextEditor;
  // Output and debug panels are editors too.
  if (editor === undefined || editor.document.uri.scheme === 'output') return [];
  const name = folderName(editor.document.uri);
  const whole = { text: stripHint(editor.document.getText()), origin: name };
  const selected = editor.document.getText(editor.selection);
  const texts = selected.trim() === '' ? [whole] : [{ text: selected, origin: `the selection in ${name}` }, whole];
  return texts.filter(({ text }) => text.trim() !== '');
}

const hint = /^\s*<!--[\s\S]*?-->\s*/;

/** The text of a new document to write requirements in. */
export function hintedDocument(projectName: string, requirements: string): string {
  return `<!-- What should ${projectName} do? Write it below in plain English: sentences, bullets or user stories.
Then choose "Generate with Takoss" at the top right, or run it from the Command Palette (F1). -->

${requirements}`;
}

/** The requirements alone, of a document that began as {@link hintedDocument}. */
export function stripHint(text: string): string {
  return text.replace(hint, '');
}

function unsuitable(message: string): TakossError {
  return new TakossError('invalid-request', message, { field: 'requirements' });
}
