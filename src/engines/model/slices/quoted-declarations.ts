import type { Declaration, ProjectOutline } from '../../../core/project-outline.ts';
import { quoteFile } from './quote.ts';

/**
 * Declarations of a project that a model is shown, without bodies. Whatever one of them speaks of is shown with it, wherever it is declared: a type that is named and not shown
 * would be guessed.
 */
export class QuotedDeclarations {
  readonly #outline: Pick<ProjectOutline, 'files'>;
  /** By file, in the order in which files were added. */
  readonly #shown = new Map<string, Set<Declaration>>();

  constructor(outline: Pick<ProjectOutline, 'files'>) {
    this.#outline = outline;
  }

  /** Adds what a file exports, or only some of it, if `room` takes the text; it is asked once. */
  add(path: string, names: readonly string[] | undefined, room: (text: string) => boolean): void {
    const exported = this.#declarations(path).filter(
      ({ name, isExported }) => isExported && (names === undefined || names.includes(name)),
    );
    const more = new Map<string, Set<Declaration>>();
    for (const declaration of exported) this.#take(path, declaration, more);
    if (more.size === 0 || !room(quoteAll(more))) return;
    for (const [file, declarations] of more) {
      this.#shown.set(file, new Set([...(this.#shown.get(file) ?? []), ...declarations]));
    }
  }

  toString(): string {
    const inOrder = new Map(
      [...this.#shown].map(([path, shown]) => [
        path,
        new Set(this.#declarations(path).filter((one) => shown.has(one))),
      ]),
    );
    return quoteAll(inOrder);
  }

  /** A declaration and what it speaks of, as far as it is not shown yet. */
  #take(path: string, declaration: Declaration, more: Map<string, Set<Declaration>>): void {
    if (this.#shown.get(path)?.has(declaration) || more.get(path)?.has(declaration)) return;
    more.set(path, (more.get(path) ?? new Set()).add(declaration));
    for (const { name, from = path } of declaration.needs) {
      const needed = this.#declarations(from).find((other) => other.name === name);
      if (needed !== undefined) this.#take(from, needed, more);
    }
  }

  #declarations(path: string): readonly Declaration[] {
    return this.#outline.files.get(path)?.declarations ?? [];
  }
}

function quoteAll(files: ReadonlyMap<string, ReadonlySet<Declaration>>): string {
  return [...files]
    .map(([path, declarations]) =>
      quoteFile(path, [...declarations].map(({ text }) => text).join('\n'), '(signatures)'),
    )
    .join('\n');
}
