import type { FieldFacts } from '../emit/project-view.ts';
import type { SamplePlace } from './contract.ts';

/** Numbers of sample records: small ones, whatever their bounds allow, and no two fields of a record alike. */

const amounts = [5, 8, 3, 12, 6, 2, 10, 4];
export const largestAmount = Math.max(...amounts);
const smallest = Math.min(...amounts);

/** What the amounts are multiplied with and added to, so that they look like what is measured. */
export interface SampleSize {
  readonly base: number;
  readonly scale: number;
  /** Decimal places; 0 for whole numbers. */
  readonly decimals: number;
}

/** The smallest sample value: not below zero where the bounds allow. */
export function lowestNumber({
  min = Number.NEGATIVE_INFINITY,
  max = Number.POSITIVE_INFINITY,
}: Pick<FieldFacts, 'min' | 'max'>): number {
  const low = Math.max(min, max >= 1 ? 0 : max - 20);
  return Math.min(max, Math.ceil(low * 100) / 100);
}

/** How many different whole numbers there are among the samples of a field. */
export function numberCount(field: FieldFacts): number {
  return field.max === undefined ? Number.POSITIVE_INFINITY : Math.floor(field.max - lowestNumber(field)) + 1;
}

/** A number within the bounds. Different for every index where it is unique or a title, as far as the bounds allow. */
export function numberSample(field: FieldFacts, { index }: Pick<SamplePlace, 'index'>, size: SampleSize): number {
  const low = lowestNumber(field);
  const max = field.max ?? Number.POSITIVE_INFINITY;
  if (field.unique || field.isTitle) return countedUp(field, index);
  const amount = amounts[(index + field.name.length) % amounts.length] ?? smallest;
  const { base, scale, decimals } = size;
  const digits = Math.min(decimals, 2);
  const round = (value: number): number => Number(value.toFixed(digits));
  if (base + smallest * scale >= low && base + largestAmount * scale <= max) return round(base + amount * scale);
  // Bounds that leave no room for these: as many steps above the lowest, beginning again beyond the highest.
  const steps = [scale, 1, 0.1, 0.01].filter((step, place) => place === 0 || step >= 10 ** -digits);
  const step = steps.find((candidate) => (max - low) / candidate >= 4) ?? steps.at(-1) ?? 1;
  const value = round(low + (amount % (Math.floor((max - low) / step + 1e-9) + 1)) * step);
  return value < low || value > max ? low : value;
}

/** One more for every index: what counts records up rather than measures something. */
export function countedUp(field: Pick<FieldFacts, 'min' | 'max'>, index: number): number {
  const low = lowestNumber(field);
  const max = field.max ?? Number.POSITIVE_INFINITY;
  const first = max - low > 40 ? Math.max(low, 1) : low;
  return first + (index % (Math.floor(max - first) + 1));
}

/** The size of what names of any number say: salaries are large. Undefined where they say nothing. */
export function sizeByName({ name }: Pick<FieldFacts, 'name'>): Omit<SampleSize, 'decimals'> | undefined {
  if (/salary|budget|revenue|income|turnover/i.test(name)) return { base: 0, scale: 500 };
  if (/page|word|view|calori|employee/i.test(name)) return { base: 0, scale: 25 };
  return /percent|probability|progress|minute|duration/i.test(name) ? { base: 0, scale: 5 } : undefined;
}
