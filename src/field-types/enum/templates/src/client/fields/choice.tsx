import { FormRow } from '../records/form/form-row.tsx';
import { Badge } from '../ui/badge.tsx';
import type { ControlInput, FieldKind, Option } from './field-kind.ts';
import { plainText } from './plain-text.ts';

/** One of a fixed list. */
export function choiceField({ options }: { options: readonly Option[] }): FieldKind {
  return {
    ...plainText,
    control: (input) => <SelectRow input={input} options={options} />,
    display: (value) => <Badge>{options.find((option) => option.value === value)?.label ?? value}</Badge>,
    choices: options,
  };
}

function SelectRow({ input, options }: { input: ControlInput; options: readonly Option[] }) {
  const { name, label, required, value, problem, onChange } = input;
  return (
    <FormRow name={name} label={label} required={required} problem={problem}>
      {(control) => (
        <select
          {...control}
          name={name}
          className="field"
          value={String(value)}
          onChange={(event) => onChange(event.target.value)}
        >
          <option value="">{required ? 'Choose…' : 'None'}</option>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </FormRow>
  );
}
