import { useId } from 'react';
import type { RecordLink } from '../../resources/record.ts';
import { ProblemText, RequiredMark } from './form-row.tsx';

interface RecordCheckboxesProps {
  name: string;
  label: string;
  required: boolean;
  links: readonly RecordLink[];
  chosen: readonly RecordLink[];
  problem: string | undefined;
  onChange: (links: readonly RecordLink[]) => void;
}

/** Any number of few records. */
export function RecordCheckboxes({ name, label, required, links, chosen, problem, onChange }: RecordCheckboxesProps) {
  const problemId = useId();
  return (
    <fieldset aria-describedby={problem === undefined ? undefined : problemId}>
      <legend className="mb-1.5 font-medium text-sm">
        {label}
        <RequiredMark required={required} />
      </legend>
      <div className="flex flex-wrap gap-2">
        {links.map((link, index) => {
          const isChosen = chosen.some(({ id }) => id === link.id);
          return (
            <label
              key={link.id}
              className="inline-flex min-h-10 max-w-full cursor-pointer items-center gap-2 rounded-lg border border-edge px-3 text-sm has-checked:bg-tint has-checked:text-on-tint"
            >
              <input
                type="checkbox"
                name={name}
                data-control={index === 0 ? name : undefined}
                className="size-4 shrink-0 accent-link"
                checked={isChosen}
                onChange={() => onChange(isChosen ? chosen.filter(({ id }) => id !== link.id) : [...chosen, link])}
              />
              <span className="truncate">{link.label}</span>
            </label>
          );
        })}
      </div>
      <ProblemText id={problemId} problem={problem} />
    </fieldset>
  );
}
