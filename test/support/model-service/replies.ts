import type { FixtureBlock, FixtureResponse } from '@copilotkit/aimock';
import { usualBytesPerToken } from './tokens.ts';

export interface ReplyFile {
  readonly path: string;
  readonly content: string;
}

/** What the model answers. */
export interface Reply {
  /** What it thinks first. Spends tokens and time; the service does not send it unless it is asked to. */
  readonly thinking?: string;
  /** What it says before the files. */
  readonly text?: string;
  /** A call of the tool `write_file` each. */
  readonly files?: readonly ReplyFile[];
}

/** Files, one call of `write_file` after another. */
export function files(list: readonly ReplyFile[], text = ''): Reply {
  return { text, files: list };
}

/** A value as JSON. */
export function value(of: unknown): Reply {
  return { text: JSON.stringify(of) };
}

/** A file that does not end before `maxTokens` are used up. */
export function endlessFile(path: string, maxTokens: number): Reply {
  const line = 'export const again = () => [1, 2, 3].map((each) => each + 1);\n';
  return files([{ path, content: line.repeat(Math.ceil((maxTokens * usualBytesPerToken * 1.2) / line.length)) }]);
}

/**
 * The input of a call as it comes with eager streaming, where types are inferred while it is written: the text of a JSON file becomes the value it says, not a
 * string (the SDK's words on `eager_input_streaming`).
 */
function inputOf({ path, content }: ReplyFile): string {
  const inferred = isNested(content) ? content.trim() : JSON.stringify(content);
  return `{"path": ${JSON.stringify(path)}, "content": ${inferred}}`;
}

function isNested(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}

/** As aimock wants it. */
export function fixtureResponse({ thinking, text = '', files: list = [] }: Reply): FixtureResponse {
  const calls = list.map((file): FixtureBlock => ({ type: 'toolCall', name: 'write_file', arguments: inputOf(file) }));
  const said: FixtureBlock[] = text === '' ? [] : [{ type: 'text', text }];
  const blocks = [...said, ...calls];
  const reasoning = thinking === undefined ? {} : { reasoning: thinking };
  return blocks.length === 0 ? { content: '', ...reasoning } : { blocks, ...reasoning };
}
