import { throwIfCancelled } from './errors.ts';

/** Lets the host breathe: events go out, a click on Cancel comes in. */
export async function breathe(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  throwIfCancelled(signal);
}
