import type { ControlProps } from './form-row.tsx';

interface ColorControlProps {
  control: ControlProps;
  name: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** A colour by its code, and the browser's picker beside it: the code can be pasted and, unlike a picker, be empty. */
export function ColorControl({ control, name, label, value, onChange }: ColorControlProps) {
  return (
    <div className="flex items-center gap-3">
      <input
        type="color"
        aria-label={`Pick ${label}`}
        className="size-10 shrink-0 cursor-pointer rounded-lg border border-edge bg-surface p-1"
        value={/^#[0-9a-f]{6}$/i.test(value) ? value.toLowerCase() : '#000000'}
        onChange={(event) => onChange(event.target.value)}
      />
      <input
        {...control}
        name={name}
        type="text"
        className="field font-mono"
        placeholder="#1a2b3c"
        maxLength={7}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
