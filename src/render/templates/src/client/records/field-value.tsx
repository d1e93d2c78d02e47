import { OutsideLink } from '../app/outside-link.tsx';
import { formatDay, formatMoment, formatTime } from '../format/dates.ts';
import type { Field } from '../resources/resource.ts';
import { Badge } from '../ui/badge.tsx';
import { Icon } from '../ui/icons.tsx';
import { Picture } from './picture.tsx';

const moneyFormat = new Intl.NumberFormat(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const decimalFormat = new Intl.NumberFormat(undefined, { maximumFractionDigits: 10 });

/** A stored value as a person reads it. `brief`: one line, as a cell of a table. */
export function FieldValue({ field, value, brief = false }: { field: Field; value: unknown; brief?: boolean }) {
  if (typeof value === 'boolean') return <Truth value={value} />;
  if (typeof value === 'number') return <span className="tabular-nums">{formatNumber(field, value)}</span>;
  if (typeof value !== 'string' || value === '') return <Nothing />;
  switch (field.type) {
    case 'date':
      return <time dateTime={value}>{formatDay(value)}</time>;
    case 'datetime':
      return <time dateTime={value}>{formatMoment(value)}</time>;
    case 'time':
      return <time dateTime={value}>{formatTime(value)}</time>;
    case 'email':
      return <OutsideLink address={`mailto:${value}`} />;
    case 'phone':
      return <OutsideLink address={`tel:${value.replace(/[^+\d]/g, '')}`}>{value}</OutsideLink>;
    case 'url':
      return <OutsideLink address={value} />;
    case 'image':
      return brief ? <Picture address={value} className="size-10 rounded-lg" /> : <Picture address={value} />;
    case 'color':
      return <Swatch value={value} />;
    case 'enum':
      return <Badge>{field.options?.find((option) => option.value === value)?.label ?? value}</Badge>;
    case 'text':
      return brief ? (
        <span className="line-clamp-2">{value}</span>
      ) : (
        <span className="whitespace-pre-line">{value}</span>
      );
    default:
      return value;
  }
}

/** Stands where a value would be. */
export function Nothing() {
  return (
    <span className="text-muted">
      <span aria-hidden="true">—</span>
      <span className="sr-only">none</span>
    </span>
  );
}

function formatNumber({ type }: Field, value: number): string {
  return (type === 'money' ? moneyFormat : decimalFormat).format(value);
}

function Truth({ value }: { value: boolean }) {
  return (
    <span className={`inline-flex items-center gap-1.5 align-middle ${value ? '' : 'text-muted'}`}>
      <Icon name={value ? 'check' : 'close'} className="size-4" />
      {value ? 'Yes' : 'No'}
    </span>
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
