import type { BlueprintDraft } from '../../core/blueprint-draft.ts';
import type { ModelPort } from '../../core/model-port.ts';
import type { ModuleSpec } from '../../core/module-spec.ts';
import type { Engine, EngineStep, SliceWork } from '../../core/ports.ts';
import type { ProjectRequest } from '../../core/request.ts';
import type { SliceChecker, SliceReport, WorkStore } from '../../core/slices.ts';
import type { FieldTypes } from '../../field-types/contract.ts';
import { AnalysisFormat } from './analysis/analysis-format.ts';
import { analyzeWithModel } from './analysis/analyze.ts';
import type { ModelSession } from './session.ts';
import { writeSlices } from './slices/write-slices.ts';
import { UsageMeter } from './usage-meter.ts';
import { wait } from './wait.ts';

/** What a host gives a model engine. */
export interface ModelParts {
  /** The types that fields can have. */
  readonly fieldTypes: FieldTypes;
  readonly port: ModelPort;
  /** Asked instead, in order, where the model declines to answer. */
  readonly fallbacks?: readonly ModelPort[];
  /** What the user has to know of the run before it begins: a sentence each. */
  readonly notices?: readonly string[];
  /** Keeps finished work between runs, so that a retry pays for nothing twice. */
  readonly store: WorkStore;
  /** Type-checks and tests what the model wrote; without one, the result says what was not checked. */
  readonly checker?: SliceChecker;
  /** The most a run may cost, in US dollars. */
  readonly budgetUsd?: number;
  /** Packages beyond those of the stack that slices may use, with exact versions. */
  readonly allowedPackages?: Readonly<Record<string, string>>;
  /** The modules that an application can use. */
  readonly modules: readonly ModuleSpec[];
  /** Waits between attempts. Passed in, so that tests need not wait. */
  readonly wait?: ModelSession['wait'];
}

/** Reads requirements and writes features with a language model. One per run: it counts what the run uses. */
export class ModelEngine implements Engine {
  readonly name: ModelPort['engine'];
  readonly #session: ModelSession;
  readonly #notices: readonly string[];

  constructor(parts: ModelParts) {
    const {
      fieldTypes,
      modules,
      port,
      store,
      checker,
      budgetUsd,
      allowedPackages = {},
      fallbacks = [],
      notices = [],
    } = parts;
    this.name = port.engine;
    this.#notices = notices;
    const meter = new UsageMeter(port, budgetUsd);
    const format = new AnalysisFormat(fieldTypes, modules);
    this.#session = { format, port, fallbacks, store, checker, allowedPackages, meter, wait: parts.wait ?? wait };
  }

  async *analyze(
    request: ProjectRequest,
    options: { signal: AbortSignal },
  ): AsyncGenerator<EngineStep, BlueprintDraft, void> {
    for (const text of this.#notices) yield { kind: 'notice', text };
    return yield* analyzeWithModel(request, this.#session, options);
  }

  writeSlices(work: SliceWork, options: { signal: AbortSignal }): AsyncGenerator<EngineStep, SliceReport, void> {
    return writeSlices(work, this.#session, options);
  }
}
