import type { FieldView } from '../emit/project-view.ts';

/** Numbers of sample records: small ones, whatever their bounds allow, and no two fields of a record alike. */

const amounts = [5, 8, 3, 12, 6, 2, 10, 4];
const largest = Math.max(...amounts);
const smallest = Math.min(...amounts);

/** Whole numbers that count records up rather than measure something. */
const isPlace = /(position|number|rank|sequence|order)$/i;

/** The smallest sample value: not below zero where the bounds allow. */
export function lowestNumber({ min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }: FieldView): number {
  const low = Math.max(min, max >= 1 ? 0 : max - 20);
  return Math.min(max, Math.ceil(low * 100) / 100);
}

/** A number within the bounds. Different for every index where it is unique or a title, as far as the bounds allow. */
export function numberValue(field: FieldView, isOfPerson: boolean, index: number): number {
  const low = lowestNumber(field);
  const max = field.max ?? Number.POSITIVE_INFINITY;
  if (field.unique || field.isTitle || (field.type === 'integer' && isPlace.test(field.name))) {
    const first = max - low > 40 ? Math.max(low, 1) : low;
    return first + (index % (Math.floor(max - first) + 1));
  }
  const amount = amounts[(index + field.name.length) % amounts.length] ?? smallest;
  const { base, scale } = sizeOf(field, isOfPerson);
  if (base + smallest * scale >= low && base + largest * scale <= max) return round(base + amount * scale);
  // Bounds that leave no room for these: as many steps above the lowest, beginning again beyond the highest.
  const steps = field.type === 'integer' ? [scale, 1] : [scale, 1, 0.1, 0.01];
  const step = steps.find((size) => (max - low) / size >= 4) ?? steps.at(-1) ?? 1;
  const value = round(low + (amount % (Math.floor((max - low) / step + 1e-9) + 1)) * step);
  return value < low || value > max ? low : value;
}

/** What the amounts are multiplied with and added to, so that they look like what is measured. */
function sizeOf({ name, type }: FieldView, isOfPerson: boolean): { base: number; scale: number } {
  if (type === 'integer' && /year/i.test(name)) return { base: 2012, scale: 1 };
  if (isOfPerson && /^age$/i.test(name)) return { base: 24, scale: 2 };
  if (/salary|budget|revenue|income|turnover/i.test(name)) return { base: 0, scale: 500 };
  if (type === 'money') return { base: -0.5, scale: 8 };
  if (/page|word|view|calori|employee/i.test(name)) return { base: 0, scale: 25 };
  if (/percent|probability|progress|minute|duration/i.test(name)) return { base: 0, scale: 5 };
  // A total is not below its parts.
  return { base: /^total/i.test(name) ? largest : 0, scale: type === 'decimal' ? 0.5 : 1 };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
