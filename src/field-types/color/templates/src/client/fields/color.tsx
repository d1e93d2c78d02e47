import { FormRow } from '../records/form/form-row.tsx';
import type { ControlInput, FieldKind } from './field-kind.ts';
import { plainText } from './plain-text.ts';

/** A colour, `#rrggbb`. */
export function colorField(): FieldKind {
  return {
    ...plainText,
    control: (input) => <ColorRow input={input} />,
    display: (value) => <Swatch value={String(value)} />,
  };
}

/** A colour by its code, and the browser's picker beside it: the code can be pasted and, unlike a picker, be empty. */
function ColorRow({ input: { name, label, required, value, problem, onChange } }: { input: ControlInput }) {
  const code = String(value);
  return (
    <FormRow name={name} label={label} required={required} problem={problem}>
      {(control) => (
        <div className="flex items-center gap-3">
          <input
            type="color"
            aria-label={`Pick ${label}`}
            className="size-10 shrink-0 cursor-pointer rounded-lg border border-edge bg-surface p-1"
            value={/^#[0-9a-f]{6}$/i.test(code) ? code.toLowerCase() : '#000000'}
            onChange={(event) => onChange(event.target.value)}
          />
          <input
            {...control}
            name={name}
            type="text"
            className="field font-mono"
            placeholder="#1a2b3c"
            maxLength={7}
            value={code}
            onChange={(event) => onChange(event.target.value)}
          />
        </div>
      )}
    </FormRow>
  );
}

function Swatch({ value }: { value: string }) {
  return (
    <span className="inline-flex items-center gap-2 align-middle">
      <span aria-hidden="true" className="size-5 rounded-md border border-edge" style={{ backgroundColor: value }} />
      <span className="font-mono text-sm">{value}</span>
    </span>
  );
}
