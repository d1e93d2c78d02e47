import type { HTMLInputTypeAttribute } from 'react';
import { isOfOtherSite } from '../../format/links.ts';
import type { Field, FieldType } from '../../resources/resource.ts';
import { Picture } from '../picture.tsx';
import { CheckboxControl } from './checkbox-control.tsx';
import { ColorControl } from './color-control.tsx';
import { type ControlProps, FormRow } from './form-row.tsx';
import type { FormValue } from './form-values.ts';

interface FieldControlProps {
  field: Field;
  value: FormValue;
  problem: string | undefined;
  onChange: (value: FormValue) => void;
}

const inputTypes: Partial<Record<FieldType, HTMLInputTypeAttribute>> = {
  integer: 'number',
  decimal: 'number',
  money: 'number',
  date: 'date',
  datetime: 'datetime-local',
  time: 'time',
  email: 'email',
  url: 'url',
  phone: 'tel',
};

const steps: Partial<Record<FieldType, string>> = { integer: '1', decimal: 'any', money: '0.01' };

/** The control that fits the type of a field. */
export function FieldControl({ field, value, problem, onChange }: FieldControlProps) {
  const { name, label, type, required } = field;
  if (type === 'boolean') {
    return <CheckboxControl name={name} label={label} checked={value === true} problem={problem} onChange={onChange} />;
  }
  const text = typeof value === 'string' ? value : '';
  return (
    <FormRow name={name} label={label} required={required} hint={hintOf(field)} problem={problem}>
      {(control) => <TextualControl control={control} field={field} text={text} onChange={onChange} />}
    </FormRow>
  );
}

interface TextualControlProps {
  control: ControlProps;
  field: Field;
  text: string;
  onChange: (text: string) => void;
}

function TextualControl({ control, field, text, onChange }: TextualControlProps) {
  const { name, label, type, options = [], min, max, maxLength } = field;
  const shared = { ...control, name, value: text, className: 'field' };
  switch (type) {
    case 'text':
      return <textarea {...shared} rows={6} maxLength={maxLength} onChange={(event) => onChange(event.target.value)} />;
    case 'enum':
      return (
        <select {...shared} onChange={(event) => onChange(event.target.value)}>
          <option value="">{field.required ? 'Choose…' : 'None'}</option>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      );
    case 'color':
      return <ColorControl control={control} name={name} label={label} value={text} onChange={onChange} />;
    case 'image':
      return (
        <>
          <input {...shared} type="text" inputMode="url" onChange={(event) => onChange(event.target.value)} />
          {text !== '' && (
            <Picture
              address={text}
              alt="Preview"
              hint={isOfOtherSite(text) ? 'A picture from a new site is shown once it is saved.' : undefined}
              className="mt-3 h-40 max-w-xs rounded-xl border border-line"
            />
          )}
        </>
      );
    default:
      return (
        <input
          {...shared}
          type={inputTypes[type] ?? 'text'}
          step={steps[type]}
          min={min}
          max={max}
          maxLength={maxLength}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}

/** Bounds beyond this are those of the database, not of the matter: no need to mention them. */
const telling = 1e9;

function hintOf({ type, min: least = -telling, max: most = telling }: Field): string | undefined {
  const min = least > -telling ? least : undefined;
  const max = most < telling ? most : undefined;
  if (type === 'image') return 'The address of a picture, such as https://example.com/picture.jpg';
  if (min !== undefined && max !== undefined) return `From ${min} to ${max}`;
  if (min !== undefined && min !== 0) return `${min} or more`;
  return max === undefined ? undefined : `${max} or less`;
}
