import * as z from 'zod';

/** Variables of the environment, as settings read them: a list with commas, and one that may be empty. */
export const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  );
export const optional = z
  .string()
  .optional()
  .transform((text) => (text === '' ? undefined : text));
