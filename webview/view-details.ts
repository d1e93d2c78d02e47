/**
 * How this view was left: what is folded and where it was scrolled to. It is all the page keeps for itself; everything
 * about the run comes from the host.
 */
export interface ViewDetails {
  /** Sections that the user folded. */
  readonly folded: readonly string[];
  /** Phases whose steps the user opened. */
  readonly opened: readonly string[];
  /** Pixels from the top. */
  readonly scrollTop: number;
}

/** Reads what was saved, possibly by another version; anything unexpected counts as not saved. */
export function parseViewDetails(value: unknown): ViewDetails {
  const saved = typeof value === 'object' && value !== null ? value : {};
  return {
    folded: 'folded' in saved ? strings(saved.folded) : [],
    opened: 'opened' in saved ? strings(saved.opened) : [],
    scrollTop: 'scrollTop' in saved && typeof saved.scrollTop === 'number' ? saved.scrollTop : 0,
  };
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** The list with the name added, or without it if it was there. */
export function toggled(names: readonly string[], name: string): readonly string[] {
  return names.includes(name) ? names.filter((other) => other !== name) : [...names, name];
}
