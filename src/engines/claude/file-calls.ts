import { JoinedText } from '../../core/joined-text.ts';
import type { WriteStep, Written } from '../../core/model-port.ts';
import { MemberReader } from './member-reader.ts';
import type { ContentEvent } from './message-event.ts';

type FileStep = Extract<WriteStep, { kind: 'file' | 'text' | 'file-end' }>;

/** The files of one answer, from the events of its calls of `write_file`. */
export class FileCalls {
  /** By the index of their block. */
  readonly #calls = new Map<number, FileCall>();
  readonly #files: { path: string; content: string }[] = [];
  #begun = 0;

  /** The whole ones, in the order in which they ended. */
  get files(): Written['files'] {
    return this.#files;
  }

  /** What an event of the answer says about files. */
  take(event: ContentEvent): readonly FileStep[] {
    switch (event.type) {
      case 'content_block_start':
        if (event.content_block.type === 'tool_use' && event.content_block.name === 'write_file') {
          this.#calls.set(event.index, new FileCall(() => this.#begun++, event.content_block.input));
        }
        return [];
      case 'content_block_delta':
        return this.#calls.get(event.index)?.write(event.delta.partial_json ?? '') ?? [];
      case 'content_block_stop': {
        const { steps, file } = this.#calls.get(event.index)?.end() ?? { steps: [], file: undefined };
        this.#calls.delete(event.index);
        if (file !== undefined) this.#files.push(file);
        return steps;
      }
    }
  }
}

/** One call. Its file begins when the path is known, whichever comes first. */
class FileCall {
  readonly #count: () => number;
  readonly #whole: unknown;
  readonly #reader: MemberReader;
  readonly #path: string[] = [];
  readonly #content = new JoinedText();
  #file: { readonly number: number; readonly path: string } | undefined;
  #hasContent = false;
  #isWritten = false;
  #steps: FileStep[] = [];

  /** `count` numbers the files; `whole` is the input where it comes with the beginning of the call, as behind some proxies. */
  constructor(count: () => number, whole: unknown) {
    this.#count = count;
    this.#whole = whole;
    this.#reader = new MemberReader({
      text: (name, text) => this.#text(name, text),
      end: (name) => this.#end(name),
    });
  }

  write(json: string): readonly FileStep[] {
    if (json !== '') this.#isWritten = true;
    this.#reader.write(json);
    return this.#take();
  }

  end(): { steps: readonly FileStep[]; file: { path: string; content: string } | undefined } {
    if (!this.#isWritten) this.#reader.write(JSON.stringify(this.#whole) ?? '');
    const steps = this.#take();
    if (!this.#reader.isWhole || this.#file === undefined || !this.#hasContent) return { steps, file: undefined };
    const { number, path } = this.#file;
    return {
      steps: [...steps, { kind: 'file-end', file: number }],
      file: { path, content: this.#content.toString() },
    };
  }

  #text(name: string, text: string): void {
    if (name === 'path') this.#path.push(text);
    if (name !== 'content') return;
    this.#content.add(text);
    if (this.#file !== undefined) this.#steps.push({ kind: 'text', file: this.#file.number, text });
  }

  #end(name: string): void {
    if (name === 'content') this.#hasContent = true;
    if (name !== 'path') return;
    this.#file = { number: this.#count(), path: this.#path.join('') };
    const { number, path } = this.#file;
    this.#steps.push({ kind: 'file', file: number, path });
    const text = this.#content.toString();
    if (text !== '') this.#steps.push({ kind: 'text', file: number, text });
  }

  #take(): readonly FileStep[] {
    const steps = this.#steps;
    this.#steps = [];
    return steps;
  }
}
