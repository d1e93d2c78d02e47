import type { SliceFile } from '../../../core/slices.ts';
import type { LiveFiles, LiveText } from './live-files.ts';

/** The files of an answer as they come in. */
export class ReceivedFiles {
  readonly whole: SliceFile[] = [];
  /** The file that has begun and has not ended. */
  cut: string | undefined;
  #file = -1;
  #text: LiveText | undefined;
  readonly #live: LiveFiles;

  constructor(live: LiveFiles) {
    this.#live = live;
  }

  take(
    step:
      | { kind: 'file'; file: number; path: string }
      | { kind: 'text'; file: number; text: string }
      | { kind: 'file-end'; file: number },
  ): void {
    if (step.kind === 'file') {
      this.#file = step.file;
      this.#text = this.#live.begin(step.path);
      this.cut = step.path;
    }
    if (this.cut === undefined || this.#text === undefined || step.file !== this.#file) return;
    if (step.kind === 'text') this.#text.add(step.text);
    if (step.kind === 'file-end') {
      this.whole.push({ path: this.cut, content: this.#text.toString() });
      this.cut = undefined;
      this.#text = undefined;
    }
  }
}
