import type { Blueprint } from '../../../core/blueprint.ts';
import type { EngineStep } from '../../../core/ports.ts';
import type { ProjectRequest } from '../../../core/request.ts';
import { OfflineEngine } from '../../offline/offline-engine.ts';
import type { ModelSession } from '../session.ts';

/** Reads a request with the model. */
export async function* analyzeWithModel(
  request: ProjectRequest,
  _session: ModelSession,
  options: { readonly signal: AbortSignal },
): AsyncGenerator<EngineStep, Blueprint, void> {
  return yield* new OfflineEngine().analyze(request, options);
}
