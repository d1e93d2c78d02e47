import { useId } from 'react';
import { ProblemText, RequiredMark } from '../records/form/form-row.tsx';
import type { ControlInput, FieldKind } from './field-kind.ts';
import { numberOf } from './number-kind.tsx';

/** A number of stars, from 1 to `max`. */
export function ratingField({ max = 5 }: { max?: number } = {}): FieldKind {
  return {
    control: (input) => <StarsRow input={input} max={max} />,
    display: (value) => <Stars count={Number(value)} max={max} />,
    toInput: (value) => (value === null ? '' : String(value)),
    fromInput: numberOf,
    column: 'left',
  };
}

function Stars({ count, max }: { count: number; max: number }) {
  return (
    <span className="inline-flex items-center align-middle">
      {scoresTo(max).map((score) => (
        <Star key={score} filled={score <= count} className="size-4" />
      ))}
      <span className="sr-only">
        {count} of {max} stars
      </span>
    </span>
  );
}

/** A star to choose for each score: the arrow keys move between them. */
function StarsRow({ input, max }: { input: ControlInput; max: number }) {
  const { name, label, required, value, problem, onChange } = input;
  const problemId = useId();
  const chosen = Number(value);
  return (
    <fieldset aria-describedby={problem === undefined ? undefined : problemId}>
      <legend className="mb-1.5 font-medium text-sm">
        {label}
        <RequiredMark required={required} />
      </legend>
      <div className="flex min-h-10 items-center gap-3">
        <span className="inline-flex">
          {scoresTo(max).map((score) => (
            <label
              key={score}
              className="cursor-pointer rounded p-0.5 has-focus-visible:outline-2 has-focus-visible:outline-link"
            >
              <input
                type="radio"
                name={name}
                data-control={score === Math.max(1, chosen) ? name : undefined}
                value={score}
                checked={score === chosen}
                aria-invalid={problem !== undefined}
                className="sr-only"
                onChange={() => onChange(String(score))}
              />
              <Star filled={score <= chosen} className="size-7" />
              <span className="sr-only">
                {score} of {max}
              </span>
            </label>
          ))}
        </span>
        {!required && chosen > 0 && (
          <button
            type="button"
            className="rounded text-link text-sm underline underline-offset-2"
            onClick={() => onChange('')}
          >
            Clear<span className="sr-only"> {label}</span>
          </button>
        )}
      </div>
      <ProblemText id={problemId} problem={problem} />
    </fieldset>
  );
}

function scoresTo(max: number): number[] {
  return Array.from({ length: max }, (_, index) => index + 1);
}

function Star({ filled, className }: { filled: boolean; className: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill={filled ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinejoin="round"
      aria-hidden="true"
      className={`shrink-0 ${filled ? 'text-link' : 'text-muted'} ${className}`}
    >
      <path d="m12 3 2.7 5.8 6.3.8-4.6 4.3 1.2 6.3L12 17.1l-5.6 3.1 1.2-6.3L3 9.6l6.3-.8Z" />
    </svg>
  );
}
