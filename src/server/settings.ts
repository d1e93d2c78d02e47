import { join } from 'node:path';
import * as z from 'zod';
import { TakossError } from '../core/errors.ts';
import { modelProviders } from '../engines/catalog.ts';
import type { ModelProvider } from '../engines/contract.ts';
import { automaticProvider, credentialOf } from '../hosts/credentials.ts';
import { providerNamed } from '../hosts/engine-names.ts';
import { type ModelRunOptions, readRunOptions } from '../hosts/run-options.ts';
import { environmentAddress } from '../hosts/service-address.ts';
import { homeFolder } from '../node/home-folder.ts';
import { heartbeatIntervalMs } from '../transport/sse-encode.ts';
import { type ApiKey, hashKey } from './api-key.ts';

/** How tokens that other systems issue are checked. */
export interface JwtSettings {
  /** The shared secret of HS256. */
  readonly secret: string | undefined;
  /** Where the public keys of RS256 and ES256 are. */
  readonly jwksUrl: string | undefined;
  readonly issuer: string | undefined;
  readonly audience: string | undefined;
}

/** Who does the work of all runs. */
export type ServerEngine =
  | { readonly name: 'offline' }
  | { readonly name: 'model'; readonly provider: ModelProvider; readonly options: ModelRunOptions };

export interface ServerSettings {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Where journals and hashes of keys are kept. */
  readonly dataDir: string;
  /** Keys given by the environment, besides those in the data folder. */
  readonly apiKeys: readonly ApiKey[];
  readonly jwt: JwtSettings;
  /** Origins whose pages may call the server, `*` for all. Empty: none. */
  readonly corsOrigins: readonly string[];
  /** Requests per minute and caller. */
  readonly rateLimit: number;
  /** Runs that a caller may have at the same time. */
  readonly maxRuns: number;
  /** How long finished runs are kept. All durations are in ms. */
  readonly retentionMs: number;
  /** How long a run goes on while nobody is connected who can come back. */
  readonly graceMs: number;
  /** How long a stopping server lets its runs finish. */
  readonly stopMs: number;
  readonly heartbeatMs: number;
  /** How long a connection may take nothing before it is closed; its client can resume. */
  readonly stallMs: number;
  /** How long a request, headers and body, may take to arrive. */
  readonly requestTimeoutMs: number;
  readonly logLevel: string;
  readonly engine: ServerEngine;
}

const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  );
const optional = z
  .string()
  .optional()
  .transform((text) => (text === '' ? undefined : text));
const seconds = (fallback: number, least = 0) =>
  z.coerce
    .number()
    .min(least)
    .max(366 * 86_400)
    .default(fallback)
    .transform((value) => value * 1000);

const environmentSchema = z.object({
  TAKOSS_DATA_DIR: optional,
  TAKOSS_API_KEYS: list,
  TAKOSS_JWT_SECRET: optional,
  TAKOSS_JWKS_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .or(z.literal('').transform(() => undefined)),
  TAKOSS_JWT_ISSUER: optional,
  TAKOSS_JWT_AUDIENCE: optional,
  TAKOSS_CORS_ORIGINS: list,
  TAKOSS_RATE_LIMIT: z.coerce.number().int().min(1).default(120),
  TAKOSS_MAX_RUNS: z.coerce.number().int().min(1).default(4),
  TAKOSS_RETENTION_SECONDS: seconds(86_400),
  TAKOSS_RESUME_GRACE_SECONDS: seconds(30),
  TAKOSS_STOP_SECONDS: seconds(10),
  TAKOSS_HEARTBEAT_SECONDS: seconds(heartbeatIntervalMs / 1000, 0.01),
  TAKOSS_STALL_SECONDS: seconds(60, 0.01),
  TAKOSS_REQUEST_TIMEOUT_SECONDS: seconds(30, 0.01),
  TAKOSS_ENGINE: optional,
  TAKOSS_MODEL: optional,
  TAKOSS_BUDGET_USD: optional,
  TAKOSS_PRICE: optional,
  TAKOSS_EFFORT: optional,
  TAKOSS_FALLBACK_MODELS: optional,
  TAKOSS_CHECKS: optional,
  TAKOSS_UNCONFINED_TESTS: optional,
  TAKOSS_ALLOW_PACKAGES: list,
  TAKOSS_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export interface ServerFlags {
  readonly host?: string | undefined;
  readonly port?: string | undefined;
  readonly dataDir?: string | undefined;
  readonly engine?: string | undefined;
  readonly model?: string | undefined;
  readonly budget?: string | undefined;
  readonly price?: string | undefined;
  readonly effort?: string | undefined;
  readonly fallbackModels?: string | undefined;
  readonly checks?: string | undefined;
  readonly unconfinedTests?: boolean | undefined;
  readonly allowPackages?: readonly string[] | undefined;
}

/** Settings from the command line and the environment. Throws `invalid-request` naming the one at fault. */
export function readSettings(
  flags: ServerFlags,
  environment: NodeJS.ProcessEnv,
  providers: readonly ModelProvider[] = modelProviders,
): ServerSettings {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new TakossError('invalid-request', `${String(issue?.path[0])} is not valid: ${issue?.message}.`);
  }
  const values = parsed.data;
  return {
    host: flags.host ?? '127.0.0.1',
    port: readPort(flags.port ?? '3000'),
    dataDir: dataDirectory(flags.dataDir, environment),
    apiKeys: values.TAKOSS_API_KEYS.map(readKey),
    jwt: {
      secret: values.TAKOSS_JWT_SECRET,
      jwksUrl: values.TAKOSS_JWKS_URL,
      issuer: values.TAKOSS_JWT_ISSUER,
      audience: values.TAKOSS_JWT_AUDIENCE,
    },
    corsOrigins: values.TAKOSS_CORS_ORIGINS,
    rateLimit: values.TAKOSS_RATE_LIMIT,
    maxRuns: values.TAKOSS_MAX_RUNS,
    retentionMs: values.TAKOSS_RETENTION_SECONDS,
    graceMs: values.TAKOSS_RESUME_GRACE_SECONDS,
    stopMs: values.TAKOSS_STOP_SECONDS,
    heartbeatMs: values.TAKOSS_HEARTBEAT_SECONDS,
    stallMs: values.TAKOSS_STALL_SECONDS,
    requestTimeoutMs: values.TAKOSS_REQUEST_TIMEOUT_SECONDS,
    logLevel: values.TAKOSS_LOG_LEVEL,
    engine: readEngine(flags, values, environment, providers),
  };
}

/** A flag or the variable that stands for it, with the name of the one that was used. */
function either(flag: string, value: string | undefined, variable: string, other: string | undefined) {
  return value === undefined ? { name: variable, value: other } : { name: flag, value };
}

/** Throws `invalid-request`, and `model-key` where the engine has no key. */
function readEngine(
  flags: ServerFlags,
  values: z.infer<typeof environmentSchema>,
  environment: NodeJS.ProcessEnv,
  providers: readonly ModelProvider[],
): ServerEngine {
  const engine = either('--engine', flags.engine, 'TAKOSS_ENGINE', values.TAKOSS_ENGINE);
  const model = either('--model', flags.model, 'TAKOSS_MODEL', values.TAKOSS_MODEL);
  const budget = either('--budget', flags.budget, 'TAKOSS_BUDGET_USD', values.TAKOSS_BUDGET_USD);
  const price = either('--price', flags.price, 'TAKOSS_PRICE', values.TAKOSS_PRICE);
  const effort = either('--effort', flags.effort, 'TAKOSS_EFFORT', values.TAKOSS_EFFORT);
  const fallbackModels = either(
    '--fallback-models',
    flags.fallbackModels,
    'TAKOSS_FALLBACK_MODELS',
    values.TAKOSS_FALLBACK_MODELS,
  );
  const checks = either('--checks', flags.checks, 'TAKOSS_CHECKS', values.TAKOSS_CHECKS);
  const unconfinedTests =
    flags.unconfinedTests === undefined
      ? { name: 'TAKOSS_UNCONFINED_TESTS', value: values.TAKOSS_UNCONFINED_TESTS }
      : { name: '--allow-unconfined-tests', value: flags.unconfinedTests };
  const packages =
    flags.allowPackages === undefined
      ? { name: 'TAKOSS_ALLOW_PACKAGES', value: values.TAKOSS_ALLOW_PACKAGES }
      : { name: '--allow-package', value: flags.allowPackages };
  const options = readRunOptions({ model, budget, price, effort, fallbackModels, checks, unconfinedTests, packages });
  const name = engine.value ?? 'offline';
  const ids = providers.map(({ id }) => id);
  if (name === 'offline') {
    const unused = [
      ...[model, budget, price, effort, fallbackModels, checks, packages].filter(
        ({ value }) => value !== undefined && value.length > 0,
      ),
      ...(options.unconfinedTests ? [unconfinedTests] : []),
    ].at(0);
    if (unused === undefined) return { name };
    throw invalid(
      `${unused.name} is for the engine ${ids.join(' or ')}. Leave it out, or choose that with --engine or TAKOSS_ENGINE.`,
    );
  }
  const variable = (key: string): string | undefined => environment[key];
  const provider = name === 'auto' ? automaticProvider(providers, variable) : providerNamed(providers, name);
  if (provider === undefined) {
    if (name === 'auto') return { name: 'offline' };
    const known = ['offline', ...ids, 'auto'].join(', ');
    throw invalid(`A server has no engine ${JSON.stringify(name)} (${engine.name}). Use one of: ${known}.`);
  }
  environmentAddress(provider, variable);
  if (provider.credential !== undefined && credentialOf(provider, variable) === undefined) {
    const [key] = provider.credential.keyVariables;
    const message = `The engine ${name} needs a key. Set the environment variable ${key}, or ${engine.name} to offline.`;
    throw new TakossError('model-key', message);
  }
  // Nothing is downloaded that the operator has not asked for.
  return { name: 'model', provider, options: { ...options, checks: options.checks ?? 'basic' } };
}

/** `--data-dir`, `TAKOSS_DATA_DIR`, or the place for data of programs in the user's home. */
export function dataDirectory(flag: string | undefined, environment: NodeJS.ProcessEnv): string {
  const named = flag ?? (environment.TAKOSS_DATA_DIR || undefined);
  if (named !== undefined) return named;
  const remedy = 'Name a folder for data with --data-dir or TAKOSS_DATA_DIR.';
  return join(environment.XDG_DATA_HOME || join(homeFolder(remedy), '.local', 'share'), 'takoss');
}

function invalid(message: string): TakossError {
  return new TakossError('invalid-request', message);
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new TakossError('invalid-request', `"${text}" is not a port. Use a number from 0 to 65535.`);
}

/** `name:key` or `key`. */
function readKey(text: string, index: number): ApiKey {
  const colon = text.indexOf(':');
  const name = colon > 0 ? text.slice(0, colon) : `environment-${index + 1}`;
  const key = text.slice(colon + 1);
  if (key === '') throw new TakossError('invalid-request', `TAKOSS_API_KEYS has an empty key named "${name}".`);
  return { name, hash: hashKey(key) };
}
