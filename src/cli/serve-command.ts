import { once } from 'node:events';
import { join } from 'node:path';
import { formatUsd } from '../core/run-words.ts';
import { createLocalGenerator, systemClock } from '../local-generator.ts';
import { KeyStore } from '../server/key-store.ts';
import { type ServerParts, startServer } from '../server/server.ts';
import { readSettings, type ServerFlags, type ServerSettings } from '../server/settings.ts';

type CreateGenerator = ServerParts['createGenerator'];

/** Shorter secrets can be found by trying. */
const minSecretLength = 32;

/** Runs `takoss serve` until the signal, then stops in order. */
export async function runServe(flags: ServerFlags, version: string, signal: AbortSignal): Promise<void> {
  const settings = readSettings(flags, process.env);
  const keys = new KeyStore(settings.dataDir);
  const createGenerator = await prepareEngine(settings, signal);
  await ensureKey(settings, keys);
  const server = await startServer({ settings, keys, clock: systemClock, version, createGenerator });
  say(`Takoss listens on ${server.url}; ${server.url}/docs describes the API. Stop it with Ctrl-C.`);
  if (!signal.aborted) await once(signal, 'abort');
  say('Stopping…');
  await server.stop();
}

/** What is missing is said before the server listens, and packages are downloaded before the first run waits for them. */
async function prepareEngine({ engine, dataDir }: ServerSettings, signal: AbortSignal): Promise<CreateGenerator> {
  if (engine.name === 'offline') return (projectId) => createLocalGenerator(systemClock, projectId);
  const { prepareClaude } = await import('../server/claude-runs.ts');
  const { options } = engine;
  const folder = join(dataDir, 'engine');
  const runs = await prepareClaude(options, {
    environment: process.env,
    folder,
    consent: () => Promise.resolve(false),
  });
  if (options.checks === 'full') {
    const refusal = await runs.installChecks({ signal, say });
    if (refusal !== undefined) say(`Warning: ${refusal} Runs say what was not checked.`);
  }
  const { budgetUsd } = options;
  const limit = budgetUsd === undefined ? 'without a budget' : `for at most ${formatUsd(budgetUsd)} a run`;
  say(`${runs.model} works on runs, ${limit}. It is paid for with the key of this server.`);
  return (projectId) => runs.create(systemClock, projectId);
}

/** Without any key the server would be of use to nobody: it makes one. */
async function ensureKey({ apiKeys, jwt, dataDir }: ServerSettings, keys: KeyStore): Promise<void> {
  if (jwt.secret !== undefined && Buffer.byteLength(jwt.secret) < minSecretLength) {
    say(`Warning: TAKOSS_JWT_SECRET is shorter than ${minSecretLength} bytes and could be guessed.`);
  }
  if (jwt.jwksUrl !== undefined && (jwt.issuer === undefined || jwt.audience === undefined)) {
    say('Warning: without TAKOSS_JWT_ISSUER and TAKOSS_JWT_AUDIENCE, tokens issued for other services are accepted.');
  }
  if (apiKeys.length > 0 || jwt.secret !== undefined || jwt.jwksUrl !== undefined) return;
  if ((await keys.keys()).length > 0) return;
  const key = await keys.create('first start');
  say(`API key (shown once, its hash is kept in ${dataDir}): ${key}`);
}

/** For people; standard output belongs to the log. */
function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
