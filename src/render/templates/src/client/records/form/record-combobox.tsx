import { type KeyboardEvent, useState } from 'react';
import { useDebounced } from '../../hooks/use-debounced.ts';
import { useQuery } from '../../hooks/use-query.ts';
import type { RecordLink } from '../../resources/record.ts';
import { Icon } from '../../ui/icons.tsx';
import type { ControlProps } from './form-row.tsx';

interface RecordComboboxProps {
  control: ControlProps;
  many: boolean;
  chosen: readonly RecordLink[];
  search: (text: string, signal: AbortSignal) => Promise<RecordLink[]>;
  onChange: (links: readonly RecordLink[]) => void;
}

/**
 * Finds one or several of many records by typing. Built as the combobox pattern of the ARIA Authoring Practices: arrows
 * move through the options, Enter takes one, Escape closes; with nothing typed, Backspace gives the last choice back.
 */
export function RecordCombobox({ control, many, chosen, search, onChange }: RecordComboboxProps) {
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const wanted = useDebounced(text.trim(), 250);
  const found = useQuery(`${isOpen} ${wanted}`, (signal) => (isOpen ? search(wanted, signal) : Promise.resolve([])), {
    keepPrevious: true,
  });
  const options = (found.data ?? []).filter((link) => !chosen.some(({ id }) => id === link.id));
  const listId = `${control.id}-options`;
  const current = isOpen ? options[active] : undefined;

  const close = (): void => {
    setOpen(false);
    setText('');
    setActive(0);
  };
  const take = (link: RecordLink): void => {
    onChange(many ? [...chosen, link] : [link]);
    close();
  };
  const release = (link: RecordLink): void => onChange(chosen.filter(({ id }) => id !== link.id));

  const press = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (isOpen) setActive(Math.max(0, Math.min(options.length - 1, active + step)));
      else setOpen(true);
    } else if (event.key === 'Enter' && isOpen) {
      event.preventDefault();
      if (current) take(current);
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      close();
    } else if (event.key === 'Backspace' && text === '') {
      const last = chosen.at(-1);
      if (last) release(last);
    }
  };

  return (
    <div className="relative">
      {chosen.length > 0 && (
        <ul className="mb-2 flex flex-wrap gap-2">
          {chosen.map((link) => (
            <li
              key={link.id}
              className="inline-flex max-w-full items-center gap-1 rounded-lg bg-tint py-1 pr-1 pl-3 text-on-tint text-sm"
            >
              <span className="truncate">{link.label}</span>
              <button
                type="button"
                className="grid size-7 shrink-0 place-items-center rounded-md"
                aria-label={`Remove ${link.label}`}
                onClick={() => release(link)}
              >
                <Icon name="close" className="size-3.5" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <input
        {...control}
        type="text"
        role="combobox"
        autoComplete="off"
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={current ? `${listId}-${current.id}` : undefined}
        className="field pr-10"
        placeholder={chosen.length > 0 && !many ? 'Choose another…' : 'Type to search…'}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setOpen(true);
          setActive(0);
        }}
        onClick={() => setOpen(true)}
        onBlur={close}
        onKeyDown={press}
      />
      <Icon name="chevronDown" className="pointer-events-none absolute right-3 bottom-3 size-4 text-muted" />
      <div
        id={listId}
        role="listbox"
        aria-label="Found"
        tabIndex={-1}
        hidden={!isOpen}
        className="absolute inset-x-0 top-full z-30 mt-1 max-h-64 overflow-y-auto rounded-xl border border-line bg-surface p-1 shadow-raised"
      >
        {options.map((link, index) => (
          // Keys are handled by the input, which keeps the focus all the time.
          // biome-ignore lint/a11y/useKeyWithClickEvents: see above
          <div
            key={link.id}
            id={`${listId}-${link.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            ref={index === active ? showOption : undefined}
            className="cursor-pointer rounded-lg px-3 py-2 text-sm hover:bg-subtle aria-selected:bg-tint aria-selected:text-on-tint"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => take(link)}
          >
            {link.label}
          </div>
        ))}
      </div>
      {isOpen && found.status !== 'loading' && options.length === 0 && (
        <p role="status" className="mt-1.5 text-muted text-sm">
          {found.status === 'failed' ? 'The search failed. Please try again.' : 'Nothing found.'}
        </p>
      )}
    </div>
  );
}

/** Brings the option that the arrows have reached into sight. */
function showOption(option: HTMLElement | null): void {
  option?.scrollIntoView({ block: 'nearest' });
}
