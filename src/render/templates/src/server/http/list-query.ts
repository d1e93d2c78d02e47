import { z } from 'zod';

export const defaultPageSize = 20;
const maxPageSize = 100;
const maxId = 2_147_483_647;

/** A whole number in the text of a query parameter. */
function wholeNumber(name: string, max: number) {
  const error = `${name} must be a whole number from 1 to ${max}.`;
  return z.coerce.number({ error }).int({ error }).min(1, { error }).max(max, { error });
}

/** The schema of a list's query: page, sort, search and what it filters by. Unknown parameters are errors. */
export function listQuery<const Sort extends string, Filters extends z.ZodRawShape>(options: {
  /** What the list can be sorted by. */
  sort: readonly Sort[];
  filters: Filters;
}) {
  const keys = options.sort.flatMap((key): (Sort | `-${Sort}`)[] => [key, `-${key}`]);
  return z.strictObject({
    page: wholeNumber('page', 1_000_000).default(1),
    pageSize: wholeNumber('pageSize', maxPageSize).default(defaultPageSize),
    sort: z
      .enum(keys, { error: `sort must be one of ${options.sort.join(', ')}, with "-" in front for descending.` })
      .optional(),
    q: z.string().trim().max(200, 'q must have at most 200 characters.').optional(),
    ...options.filters,
  });
}

/** A filter by the exact text. */
export function textFilter() {
  return z.string().max(300).optional();
}

/** A filter by one of a fixed list of values. */
export function choiceFilter<const Values extends readonly { value: string }[]>(name: string, options: Values) {
  const values = options.map((option): Values[number]['value'] => option.value);
  return z.enum(values, { error: `${name} must be one of ${values.join(', ')}.` }).optional();
}

/** A filter by `true` or `false`. */
export function flagFilter(name: string) {
  return z.stringbool({ truthy: ['true'], falsy: ['false'], error: `${name} must be true or false.` }).optional();
}

/** A filter by the id of another record. */
export function idFilter(name: string) {
  return wholeNumber(name, maxId).optional();
}

/** The id in the path of a request. */
export const recordId = z.coerce.number().int().min(1).max(maxId);
