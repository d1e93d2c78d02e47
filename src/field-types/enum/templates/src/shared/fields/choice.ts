import { z } from 'zod';
import { message } from './message.ts';

/** One of a fixed list. */
export function choice<const Options extends readonly { value: string; label: string }[]>(
  label: string,
  options: Options,
) {
  const values = options.map((option): Options[number]['value'] => option.value);
  return z.enum(values, message(label, `one of ${values.join(', ')}`));
}
