import type { Project } from './project.tsx';

export interface NavigationItem {
  to: string;
  label: string;
}

/** About as many letters as fit into the header of a small laptop. */
const lettersThatFit = 60;

/** Every entry of the main navigation: what is kept here, then the pages of text. */
export function navigationOf({ entities, pages }: Project): NavigationItem[] {
  return [
    ...entities.map(({ paths, pluralLabel }) => ({ to: paths.list, label: pluralLabel })),
    ...pages.map(({ path, title }) => ({ to: path, label: title })),
  ];
}

/** Splits the entries into those that stand in the header and those that wait under “More”. */
export function fitNavigation(items: readonly NavigationItem[]): [NavigationItem[], NavigationItem[]] {
  let letters = 0;
  const overflow = items.findIndex(({ label }) => {
    letters += label.length + 3;
    return letters > lettersThatFit;
  });
  return overflow === -1 ? [[...items], []] : [items.slice(0, overflow), items.slice(overflow)];
}
