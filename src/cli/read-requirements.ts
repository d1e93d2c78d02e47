import { createReadStream } from 'node:fs';
import { TakossError } from '../core/errors.ts';
import type { GenerateOptions } from './arguments.ts';

/** Far above the longest requirements; what is longer is not read to its end. */
const maxBytes = 8 * 1024 * 1024;

/** The text of the requirements from where the command line says. Throws `invalid-request`. */
export async function readRequirements(source: GenerateOptions['requirements'], signal: AbortSignal): Promise<string> {
  if ('text' in source) return source.text;
  const name = source.path === '-' ? 'Standard input' : source.path;
  const bytes =
    source.path === '-' ? await readStream(process.stdin, name, signal) : await readFile(source.path, signal);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Not UTF-8: told below.
  }
  throw invalid(`${name} is not a UTF-8 text. Save the requirements as plain text and try again.`);
}

async function readFile(path: string, signal: AbortSignal): Promise<Uint8Array> {
  try {
    return await readStream(createReadStream(path), path, signal);
  } catch (error) {
    if (error instanceof TakossError || signal.aborted) throw error;
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') throw invalid(`There is no file ${path}. Check --requirements-file.`, error);
    if (code === 'EISDIR') throw invalid(`${path} is a folder. Name a text file with the requirements.`, error);
    throw invalid(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`, error);
  }
}

async function readStream(stream: NodeJS.ReadableStream, name: string, signal: AbortSignal): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  const cancel = () => 'destroy' in stream && typeof stream.destroy === 'function' && stream.destroy();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    for await (const chunk of stream) {
      const bytes = Buffer.from(chunk);
      length += bytes.length;
      if (length > maxBytes) throw invalid(`${name} is larger than 8 MB. Name a text file with the requirements.`);
      chunks.push(bytes);
    }
  } finally {
    signal.removeEventListener('abort', cancel);
  }
  return Buffer.concat(chunks);
}

function invalid(message: string, cause?: unknown): TakossError {
  return new TakossError('invalid-request', message, { cause, field: 'requirements' });
}
