import type { Field } from '../resources/resource.ts';

/** A stored value as a person reads it. `brief`: one line, as a cell of a table. */
export function FieldValue({ field, value, brief = false }: { field: Field; value: unknown; brief?: boolean }) {
  const isThere =
    typeof value === 'boolean' || typeof value === 'number' || (typeof value === 'string' && value !== '');
  return isThere ? field.kind.display(value, brief) : <Nothing />;
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
