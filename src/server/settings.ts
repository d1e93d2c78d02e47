import { join } from 'node:path';
import * as z from 'zod';
import { TakossError } from '../core/errors.ts';
import { modelProviders } from '../engines/catalog.ts';
import type { ModelProvider } from '../engines/contract.ts';
import { homeFolder } from '../node/home-folder.ts';
import { heartbeatIntervalMs } from '../transport/sse-encode.ts';
import { type ApiKey, hashKey } from './api-key.ts';
import { type EngineFlags, engineVariables, readEngine, type ServerEngine } from './engine-settings.ts';
import { list, optional } from './variables.ts';

/** How tokens that other systems issue are checked. */
export interface JwtSettings {
  /** The shared secret of HS256. */
  readonly secret: string | undefined;
  /** Where the public keys of RS256 and ES256 are. */
  readonly jwksUrl: string | undefined;
  readonly issuer: string | undefined;
  readonly audience: string | undefined;
}

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
  ...engineVariables,
  TAKOSS_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export interface ServerFlags extends EngineFlags {
  readonly host?: string | undefined;
  readonly port?: string | undefined;
  readonly dataDir?: string | undefined;
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

/** `--data-dir`, `TAKOSS_DATA_DIR`, or the place for data of programs in the user's home. */
export function dataDirectory(flag: string | undefined, environment: NodeJS.ProcessEnv): string {
  const named = flag ?? (environment.TAKOSS_DATA_DIR || undefined);
  if (named !== undefined) return named;
  const remedy = 'Name a folder for data with --data-dir or TAKOSS_DATA_DIR.';
  return join(environment.XDG_DATA_HOME || join(homeFolder(remedy), '.local', 'share'), 'takoss');
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
