import { TakossError } from '../core/errors.ts';
import { parsePrice, type StatedPrice } from './stated-price.ts';

/** How runs with a language model go on a host that is told by flags and variables: the command line, the server. */
export interface ModelRunOptions {
  /** Undefined is the default of the provider. */
  readonly model: string | undefined;
  /** The most a run may cost, in US dollars. */
  readonly budgetUsd: number | undefined;
  /** What the user says that the model costs. */
  readonly price: StatedPrice | undefined;
  /** How much the model is told to think; the provider says which words there are. */
  readonly effort: string | undefined;
  /** Models to ask where this one declines to answer; undefined leaves it to the provider. */
  readonly fallbackModels: readonly string[] | undefined;
  /** Whether what the model writes is type-checked and tested, or only its syntax and imports are checked; undefined leaves it to the host. */
  readonly checks: 'full' | 'basic' | undefined;
  /** Whether tests that the model writes are run where they cannot be shut in. */
  readonly unconfinedTests: boolean;
  /** Packages beyond those of the stack that features may use, with exact versions. */
  readonly allowedPackages: Readonly<Record<string, string>>;
}

/** Options as typed. Each has its name, for sentences: `--budget`, `TAKOSS_BUDGET_USD`. */
export type TypedOption<T = string | undefined> = { readonly name: string; readonly value: T };

export interface TypedRunOptions {
  readonly model: TypedOption;
  readonly budget: TypedOption;
  readonly price: TypedOption;
  readonly effort: TypedOption;
  readonly fallbackModels: TypedOption;
  readonly checks: TypedOption;
  readonly unconfinedTests: TypedOption<string | boolean | undefined>;
  readonly packages: TypedOption<readonly string[]>;
}

/** Throws `invalid-request` with a sentence that names the option at fault. */
export function readRunOptions(typed: TypedRunOptions): ModelRunOptions {
  const { model, budget, price, effort, fallbackModels, checks, unconfinedTests, packages } = typed;
  const isUnconfined = readSwitch(unconfinedTests);
  if (isUnconfined && checks.value === 'basic') {
    throw invalid(
      `${unconfinedTests.name} is for tests, which ${checks.name} basic does not run. Leave one of them out.`,
    );
  }
  return {
    model: readModel(model),
    budgetUsd: readBudget(budget),
    price: readPrice(price),
    effort: effort.value?.trim() || undefined,
    fallbackModels: readFallbacks(fallbackModels),
    checks: readChecks(checks),
    unconfinedTests: isUnconfined,
    allowedPackages: Object.fromEntries(
      packages.value.map((text) => readPackage({ name: packages.name, value: text })),
    ),
  };
}

function readModel({ name, value }: TypedOption): string | undefined {
  if (value === undefined) return undefined;
  const model = value.trim();
  if (/^[\w.:@/-]{1,200}$/.test(model)) return model;
  throw invalid(`${name} is not the name of a model. Use one such as claude-sonnet-5-5, or leave it out.`);
}

function readBudget({ name, value }: TypedOption): number | undefined {
  if (value === undefined) return undefined;
  const dollars = /^\$?\d{1,6}(\.\d{1,4})?$/.test(value.trim()) ? Number(value.trim().replace('$', '')) : 0;
  if (dollars > 0) return dollars;
  throw invalid(
    `${name} is not an amount above zero. Name the most a run may cost, in US dollars: 0.50. To spend nothing, use the engine offline.`,
  );
}

function readPrice({ name, value }: TypedOption): StatedPrice | undefined {
  if (value === undefined) return undefined;
  const price = parsePrice(value);
  if (price !== undefined) return price;
  throw invalid(`${name} is not a price. Name what a million tokens cost in US dollars, read and written: 3/15.`);
}

/** `none`, or names with commas between them. */
function readFallbacks({ name, value }: TypedOption): readonly string[] | undefined {
  const models = value?.split(',').map((model) => model.trim()) ?? [];
  if (value === undefined) return undefined;
  if (value.trim() === 'none') return [];
  for (const model of models) readModel({ name, value: model });
  return models;
}

function readChecks({ name, value }: TypedOption): ModelRunOptions['checks'] {
  if (value === undefined || value === 'full' || value === 'basic') return value;
  throw invalid(`${name} is "full" or "basic", not ${JSON.stringify(value)}.`);
}

function readSwitch({ name, value }: TypedOption<string | boolean | undefined>): boolean {
  if (value === undefined || value === false || value === '' || value === '0') return false;
  if (value === true || value === '1') return true;
  throw invalid(`${name} is "1" or "0", not ${JSON.stringify(value)}.`);
}

/** An exact version, as npm writes it. */
const packageAt = /^((?:@[a-z\d~-][a-z\d._~-]*\/)?[a-z\d~-][a-z\d._~-]*)@(\d+\.\d+\.\d+(?:-[\w.-]+)?)$/;

function readPackage({ name, value }: TypedOption<string>): readonly [name: string, version: string] {
  const [, packageName, version] = packageAt.exec(value.trim()) ?? [];
  if (packageName !== undefined && version !== undefined) return [packageName, version];
  throw invalid(`${name} is a package with its exact version, such as date-fns@4.1.0, not ${JSON.stringify(value)}.`);
}

function invalid(message: string): TakossError {
  return new TakossError('invalid-request', message);
}
