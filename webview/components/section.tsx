import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';

export interface SectionFolding {
  /** Names of the sections that are folded. */
  readonly folded: readonly string[];
  readonly onToggle: (name: string) => void;
}

interface SectionProps extends SectionFolding {
  /** Stable name, under which it is remembered as folded. */
  readonly name: string;
  readonly title: ComponentChildren;
  /** At the right end of the header. */
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A section that folds, with the look of a view's header in the side bar. */
export function Section({ name, title, aside, folded, onToggle, children }: SectionProps) {
  const id = `section-${name}`;
  const isFolded = folded.includes(name);
  return (
    <section class={`section is-${name}${isFolded ? ' is-folded' : ''}`}>
      <h2 class="section-header">
        <button type="button" aria-expanded={!isFolded} aria-controls={id} onClick={() => onToggle(name)}>
          <Icon name={isFolded ? 'chevron-right' : 'chevron-down'} />
          <span class="section-title">{title}</span>
          {aside !== undefined && <span class="section-aside">{aside}</span>}
        </button>
      </h2>
      <div class="section-body" id={id} hidden={isFolded}>
        {!isFolded && children}
      </div>
    </section>
  );
}
