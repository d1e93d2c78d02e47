/** Something that has kept its id since it was first named. */
interface Named {
  readonly id: string;
  readonly name: string;
}

/**
 * Gives items ids made of their first name: `BlogPost` is `blog-post`. What has one from before keeps it, and what is new never gets one that was
 * somebody else's: tables and files of a generated project are told by it.
 */
export class IdMint {
  readonly #before: ReadonlyMap<string, string>;
  readonly #taken: Set<string>;

  constructor(before: readonly Named[] = []) {
    this.#before = new Map(before.map(({ id, name }) => [name, id]));
    this.#taken = new Set(before.map(({ id }) => id));
  }

  /** The id of an item of this name. Ask once for each item. */
  of(name: string): string {
    const known = this.#before.get(name);
    if (known !== undefined) return known;
    const base = kebabCase(name);
    let id = base;
    for (let number = 2; this.#taken.has(id); number += 1) id = `${base}-${number}`;
    this.#taken.add(id);
    return id;
  }
}

function kebabCase(identifier: string): string {
  return identifier
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();
}
