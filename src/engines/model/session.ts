import type { ModelPort } from '../../core/model-port.ts';
import type { ModuleSpec } from '../../core/module-spec.ts';
import type { SliceChecker, WorkStore } from '../../core/slices.ts';
import type { UsageMeter } from './usage-meter.ts';

/** What the parts of the engine share during one run. */
export interface ModelSession {
  readonly port: ModelPort;
  /** Asked instead, in order, where the model declines to answer. */
  readonly fallbacks: readonly ModelPort[];
  readonly meter: UsageMeter;
  /** Keeps finished work between runs. */
  readonly store: WorkStore;
  /** Type-checks and tests; undefined where the host cannot or the user does not want to. */
  readonly checker: SliceChecker | undefined;
  /** Packages beyond those of the stack that slices may use, with exact versions. */
  readonly allowedPackages: Readonly<Record<string, string>>;
  /** The modules that an application can use. */
  readonly modules: readonly ModuleSpec[];
  /** Waits, or throws `cancelled` when the signal is aborted. Passed in, so that tests need not wait. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}
