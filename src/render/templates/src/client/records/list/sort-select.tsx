import { useId } from 'react';

interface SortSelectProps {
  columns: readonly { name: string; label: string }[];
  sort: string;
  onSort: (sort: string) => void;
}

/** Orders the list where there are no column headers: on narrow screens. */
export function SortSelect({ columns, sort, onSort }: SortSelectProps) {
  const id = useId();
  return (
    <div className="min-w-36 flex-1 md:hidden">
      <label htmlFor={id} className="mb-1 block font-medium text-muted text-xs">
        Sort by
      </label>
      <select id={id} className="field" value={sort} onChange={(event) => onSort(event.target.value)}>
        {columns.flatMap(({ name, label }) => [
          <option key={name} value={name}>
            {label}, ascending
          </option>,
          <option key={`-${name}`} value={`-${name}`}>
            {label}, descending
          </option>,
        ])}
      </select>
    </div>
  );
}
