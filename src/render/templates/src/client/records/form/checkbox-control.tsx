import { useId } from 'react';
import { ProblemText } from './form-row.tsx';

interface CheckboxControlProps {
  name: string;
  label: string;
  checked: boolean;
  problem: string | undefined;
  onChange: (checked: boolean) => void;
}

export function CheckboxControl({ name, label, checked, problem, onChange }: CheckboxControlProps) {
  const id = useId();
  return (
    <div>
      <label className="inline-flex min-h-10 cursor-pointer items-center gap-3 font-medium text-sm">
        <input
          type="checkbox"
          name={name}
          data-control={name}
          checked={checked}
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
