import type { BlueprintDraft } from '../../../../src/core/blueprint-draft.ts';
import type { EngineStep } from '../../../../src/core/ports.ts';
import type { ProjectRequest } from '../../../../src/core/request.ts';
import type { WorkStore } from '../../../../src/core/slices.ts';
import { AnalysisFormat } from '../../../../src/engines/model/analysis/analysis-format.ts';
import { analyzeWithModel } from '../../../../src/engines/model/analysis/analyze.ts';
import type { ModelSession } from '../../../../src/engines/model/session.ts';
import { UsageMeter } from '../../../../src/engines/model/usage-meter.ts';
import { fieldTypes } from '../../../../src/field-types/catalog.ts';
import { moduleSpecs } from '../../../../src/modules/catalog.ts';
import { type FakeModel, MemoryWorkStore } from '../../../support/fake-model.ts';

export interface Reading {
  readonly blueprint: BlueprintDraft;
  readonly steps: readonly EngineStep[];
  /** How long it waited, each time. */
  readonly waits: readonly number[];
}

export interface ReadOptions {
  readonly store?: WorkStore;
  readonly budgetUsd?: number;
  readonly signal?: AbortSignal;
  /** Asked where the model declines. */
  readonly fallbacks?: readonly FakeModel[];
  /** Takes the steps as they come: they are there when reading fails. */
  readonly steps?: EngineStep[];
}

/** Reads a request with a scripted model to its end. */
export async function read(request: ProjectRequest, port: FakeModel, options: ReadOptions = {}): Promise<Reading> {
  const { store = new MemoryWorkStore(), budgetUsd, signal = new AbortController().signal, steps = [] } = options;
  const waits: number[] = [];
  const session: ModelSession = {
    format: new AnalysisFormat(fieldTypes, moduleSpecs),
    port,
    fallbacks: options.fallbacks ?? [],
    meter: new UsageMeter(port, budgetUsd),
    store,
    checker: undefined,
    allowedPackages: {},
    wait: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
  };
  const run = analyzeWithModel(request, session, { signal });
  for (;;) {
    const next = await run.next();
    if (next.done) return { blueprint: next.value, steps, waits };
    steps.push(next.value);
  }
}

export function found(steps: readonly EngineStep[], item: 'entity' | 'feature'): string[] {
  return steps.flatMap((step) => (step.kind === 'found' && step.item === item ? [step.name] : []));
}

export function texts(steps: readonly EngineStep[], kind: 'notice' | 'status'): string[] {
  return steps.flatMap((step) => (step.kind === kind && 'text' in step ? [step.text] : []));
}

export function tasks(steps: readonly EngineStep[]): string[] {
  return steps.flatMap((step) => (step.kind === 'task' ? [step.task] : []));
}
