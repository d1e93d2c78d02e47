import { useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import { useDebounced } from '../../hooks/use-debounced.ts';
import { Icon } from '../../ui/icons.tsx';

interface SearchBoxProps {
  label: string;
  /** The search that the address holds. */
  value: string;
  onSearch: (text: string) => void;
}

/** Pause in typing after which the search begins, in milliseconds. */
const pause = 300;

/** Searches while a person types, once they pause; at once on Enter. */
export function SearchBox({ label, value, onSearch }: SearchBoxProps) {
  const id = useId();
  const [text, setText] = useState(value);
  const rested = useDebounced(text, pause);
  const searched = useRef(value);

  const search = useEffectEvent((next: string) => {
    const trimmed = next.trim();
    if (trimmed === searched.current) return;
    searched.current = trimmed;
    onSearch(trimmed);
  });

  useEffect(() => search(rested), [rested]);

  // The address changed by itself: the back button, or “Clear”.
  useEffect(() => {
    if (value === searched.current) return;
    searched.current = value;
    setText(value);
  }, [value]);

  return (
    <search className="min-w-60 flex-1">
      <form
        className="relative"
        onSubmit={(event) => {
          event.preventDefault();
          search(text);
        }}
      >
        <label htmlFor={id} className="sr-only">
          {label}
        </label>
        <Icon
          name="search"
          className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted"
        />
        <input
          id={id}
          type="search"
          className="field pl-9"
          placeholder={`${label}…`}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </form>
    </search>
  );
}
