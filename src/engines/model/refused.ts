import type { TakossError } from '../../core/errors.ts';
import { type ModelPort, ModelRefusal } from '../../core/model-port.ts';
import type { EngineStep } from '../../core/ports.ts';

/** Whether a model that was asked instead of one that declined is no help either: it declines too, or this key may not use it. */
export function isNoHelp(error: TakossError): boolean {
  return error instanceof ModelRefusal || error.code === 'model-unknown';
}

/** Says that a model declined to answer, and which is asked instead. */
export function fallbackNotice(
  from: ModelPort,
  { category }: ModelRefusal,
  to: ModelPort,
): EngineStep & { kind: 'notice' } {
  const why = category === undefined ? '' : ` (policy area: ${category})`;
  return { kind: 'notice', text: `${from.model} declined to answer${why}: ${to.model} was asked instead.` };
}
