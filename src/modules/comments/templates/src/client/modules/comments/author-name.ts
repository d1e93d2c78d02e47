const key = 'comments.author';

/** The name that the person wrote under last, in this browser; empty where that is not known. */
export function rememberedAuthor(): string {
  try {
    return localStorage.getItem(key) ?? '';
  } catch {
    // A browser may keep nothing, by the will of its owner.
    return '';
  }
}

export function rememberAuthor(name: string): void {
  try {
    localStorage.setItem(key, name);
  } catch {
    // The next comment asks for the name again.
  }
}
