import { useId } from 'react';
import { ProblemText } from '../records/form/form-row.tsx';
import { Icon } from '../ui/icons.tsx';
import type { ControlInput, FieldKind } from './field-kind.ts';

/** Yes or no. */
export function booleanField(): FieldKind {
  return {
    control: (input) => <Checkbox input={input} />,
    display: (value) => <Truth value={value === true} />,
    toInput: (value) => value === true,
    fromInput: (value) => value === true,
    column: 'left',
    isNeverEmpty: true,
    choices: [
      { value: 'true', label: 'Yes' },
      { value: 'false', label: 'No' },
    ],
  };
}

function Checkbox({ input: { name, label, value, problem, onChange } }: { input: ControlInput }) {
  const id = useId();
  return (
    <div>
      <label className="inline-flex min-h-10 cursor-pointer items-center gap-3 font-medium text-sm">
        <input
          type="checkbox"
          name={name}
          data-control={name}
          checked={value === true}
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? undefined : id}
          className="size-5 accent-link"
          onChange={(event) => onChange(event.target.checked)}
        />
        {label}
      </label>
      <ProblemText id={id} problem={problem} />
    </div>
  );
}

function Truth({ value }: { value: boolean }) {
  return (
    <span className={`inline-flex items-center gap-1.5 align-middle ${value ? '' : 'text-muted'}`}>
      <Icon name={value ? 'check' : 'close'} className="size-4" />
      {value ? 'Yes' : 'No'}
    </span>
  );
}
