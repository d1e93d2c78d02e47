import { useState } from 'preact/hooks';
import { pure } from './pure.tsx';

/** Chips shown of a kind before the rest is only counted. */
const shownChips = 10;

interface ChipsProps {
  readonly kind: 'entities' | 'features';
  readonly names: readonly string[];
}

/** Names as chips that wrap; of many only the first, until the user asks for the rest. */
export const Chips = pure(({ kind, names }: ChipsProps) => {
  const [isOpen, setOpen] = useState(false);
  if (names.length === 0) return null;
  // One more chip takes no more room than saying that there is one.
  const shown = isOpen || names.length <= shownChips + 1 ? names : names.slice(0, shownChips);
  return (
    // biome-ignore lint/a11y/noRedundantRoles: a list without bullets loses its role in some screen readers
    <ul class={`chips is-${kind}`} role="list" aria-label={kind === 'entities' ? 'Entities' : 'Features'}>
      {shown.map((name) => (
        <li class="chip" key={name} title={name}>
          <bdi>{name}</bdi>
        </li>
      ))}
      {shown.length < names.length && (
        <li key="">
          <button type="button" class="chip-more" aria-label={`Show all ${kind}`} onClick={() => setOpen(true)}>
            {`+${names.length - shown.length} more`}
          </button>
        </li>
      )}
    </ul>
  );
});
